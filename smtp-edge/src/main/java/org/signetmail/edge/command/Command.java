package org.signetmail.edge.command;

import java.util.Optional;
import org.signetmail.edge.reply.Reply;

/** A line from the client, understood. Sequencing has not been looked at yet. */
public sealed interface Command {
    Verb verb();

    /** EHLO, RFC 5321 section 4.1.1.1. */
    record Ehlo(String domain) implements Command {
        @Override
        public Verb verb() {
            return Verb.EHLO;
        }
    }

    /** HELO, RFC 5321 section 4.1.1.1. */
    record Helo(String domain) implements Command {
        @Override
        public Verb verb() {
            return Verb.HELO;
        }
    }

    /** AUTH, RFC 4954 section 4; the response is still base64, {@code =} for an empty one. */
    record Auth(String mechanism, Optional<String> initialResponse) implements Command {
        @Override
        public Verb verb() {
            return Verb.AUTH;
        }
    }

    /** MAIL, RFC 5321 section 4.1.1.2. */
    record Mail(Path reversePath, MailParameters parameters) implements Command {
        @Override
        public Verb verb() {
            return Verb.MAIL;
        }
    }

    /** RCPT, RFC 5321 section 4.1.1.3. */
    record Rcpt(Path forwardPath, RcptParameters parameters) implements Command {
        @Override
        public Verb verb() {
            return Verb.RCPT;
        }
    }

    /** BDAT, RFC 3030 section 2: so many octets of content follow the line. */
    record Bdat(long octets, boolean last) implements Command {
        @Override
        public Verb verb() {
            return Verb.BDAT;
        }
    }

    /** A verb whose arguments do not matter, if it may have any. */
    record Plain(Verb verb) implements Command {}

    /** A known verb whose arguments are wrong; its sequencing is refused before its syntax. */
    record Malformed(Verb verb, Reply refusal) implements Command {}
}
