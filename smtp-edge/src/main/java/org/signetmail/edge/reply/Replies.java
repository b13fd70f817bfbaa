package org.signetmail.edge.reply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every reply of the edge. The number behind a name is the section of the RFC that asks for it. */
public final class Replies {
    /** Exchange Server 5.5, Microsoft KB Q186134: the refusal of a forged originator, letter for letter. */
    public static final Reply ORIGINATOR_REFUSED =
            Reply.of(554, "5.7.1", "Originator address does not match authentication credentials");

    public static final Reply RESET = Reply.of(250, "2.0.0", "Ok"); // RFC 5321 4.1.1.5
    public static final Reply NOTHING_DONE = Reply.of(250, "2.0.0", "Ok"); // RFC 5321 4.1.1.9
    public static final Reply SENDER_OK = Reply.of(250, "2.1.0", "Ok"); // RFC 5321 4.1.1.2
    public static final Reply RECIPIENT_OK = Reply.of(250, "2.1.5", "Ok"); // RFC 5321 4.1.1.3
    public static final Reply NOT_VERIFIED = // RFC 5321 7.3
            Reply.of(252, "2.5.0", "Cannot VRFY user, but will accept message and attempt delivery");
    public static final Reply START_CONTENT = // RFC 5321 4.1.1.4
            Reply.of(354, "", "Start mail input; end with <CRLF>.<CRLF>");
    public static final Reply CHUNKS_BEGUN = // RFC 3030 2
            Reply.of(503, "5.5.1", "Content has begun with BDAT, send the rest or RSET");
    public static final Reply BYE = Reply.of(221, "2.0.0", "Service closing transmission channel"); // RFC 5321 4.1.1.10
    public static final Reply HELP = Reply.of( // RFC 5321 4.1.1.8
            214,
            "2.0.0",
            "Commands: EHLO HELO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT; mail is taken after AUTH");

    public static final Reply START_TLS = Reply.of(220, "2.0.0", "Ready to start TLS"); // RFC 3207 4
    public static final Reply TLS_NOT_AVAILABLE = Reply.of(454, "4.7.0", "TLS not available"); // RFC 3207 4
    public static final Reply TLS_ACTIVE = Reply.of(503, "5.5.1", "TLS is already active");

    public static final Reply AUTHENTICATED = Reply.of(235, "2.7.0", "Authentication successful"); // RFC 4954 4
    public static final Reply CREDENTIALS_INVALID = // RFC 4954 6
            Reply.of(535, "5.7.8", "Authentication credentials invalid");
    public static final Reply AUTH_UNAVAILABLE = // RFC 4954 4.7.0
            Reply.of(454, "4.7.0", "Temporary authentication failure");
    public static final Reply AUTH_CANCELLED = Reply.of(501, "5.7.0", "Authentication cancelled"); // RFC 4954 4
    public static final Reply AUTH_MALFORMED = Reply.of(501, "5.5.2", "Cannot decode response"); // RFC 4954 4
    public static final Reply AUTH_TOO_LONG = Reply.of(500, "5.5.6", "Authentication exchange line is too long");
    public static final Reply MECHANISM_UNKNOWN = // RFC 4954 4
            Reply.of(504, "5.5.4", "Unrecognized authentication type");
    public static final Reply AUTH_NEEDS_TLS = // RFC 4954 6
            Reply.of(538, "5.7.11", "Encryption required for requested authentication mechanism");
    public static final Reply AUTH_TWICE = Reply.of(503, "5.5.1", "Already authenticated"); // RFC 4954 4
    public static final Reply AUTH_IN_TRANSACTION = // RFC 4954 4
            Reply.of(503, "5.5.1", "AUTH not permitted during a mail transaction");
    public static final Reply AUTH_REQUIRED = Reply.of(530, "5.7.0", "Authentication required"); // RFC 4954 6
    public static final Reply TOO_MANY_AUTH_FAILURES =
            Reply.of(421, "4.7.0", "Too many failed authentications, closing transmission channel");

    public static final Reply SAY_HELLO_FIRST = Reply.of(503, "5.5.1", "Send EHLO or HELO first"); // RFC 5321 4.1.4
    public static final Reply SAY_EHLO_FIRST = Reply.of(503, "5.5.1", "Send EHLO first");
    public static final Reply NESTED_MAIL = Reply.of(503, "5.5.1", "Sender already specified"); // RFC 5321 4.1.4
    public static final Reply MAIL_FIRST = Reply.of(503, "5.5.1", "Need MAIL before RCPT"); // RFC 5321 3.3
    public static final Reply RCPT_FIRST = Reply.of(503, "5.5.1", "Need RCPT before DATA or BDAT"); // RFC 5321 3.3

    public static final Reply UNKNOWN_COMMAND = Reply.of(500, "5.5.2", "Command unrecognized"); // RFC 5321 4.2.4
    public static final Reply NOT_IMPLEMENTED = Reply.of(502, "5.5.1", "Command not implemented"); // RFC 5321 4.2.4
    public static final Reply LINE_TOO_LONG = Reply.of(500, "5.5.2", "Command line is too long"); // RFC 5321 4.5.3.1.9
    public static final Reply SYNTAX_ERROR = // RFC 5321 4.2.2
            Reply.of(501, "5.5.4", "Syntax error in parameters or arguments");
    /** As SYNTAX_ERROR; RFC 2034 3 wants no status code in any reply to EHLO and HELO. */
    public static final Reply HELLO_MALFORMED = Reply.of(501, "", "Syntax error in parameters or arguments");

    public static final Reply PARAMETER_UNKNOWN = // RFC 5321 4.1.1.11
            Reply.of(555, "5.5.4", "MAIL or RCPT parameter not recognized or not implemented");
    public static final Reply TOO_MANY_IDLE_COMMANDS =
            Reply.of(421, "4.7.0", "Too many commands without a message, closing transmission channel");
    public static final Reply TOO_MANY_ERRORS = Reply.of(421, "4.7.0", "Too many errors, closing transmission channel");

    public static final Reply SOURCE_ROUTE = Reply.of(554, "5.5.2", "Source routes are not accepted"); // RFC 5321 C
    public static final Reply ADDRESS_MALFORMED = Reply.of(554, "5.1.7", "Address does not parse");
    public static final Reply SENDER_NEEDS_SMTPUTF8 = // RFC 6531 3.5
            Reply.of(550, "5.6.7", "Address has octets over 127 without SMTPUTF8");
    public static final Reply RECIPIENT_NEEDS_SMTPUTF8 = // RFC 6531 3.5
            Reply.of(553, "5.6.7", "Address has octets over 127 without SMTPUTF8");
    public static final Reply REQUIRETLS_NEEDS_TLS = // RFC 8689 2
            Reply.of(530, "5.7.10", "REQUIRETLS needs TLS");
    public static final Reply HOLD_TOO_LONG = // RFC 4865 4
            Reply.of(501, "5.5.4", "Message cannot be held for so long");
    public static final Reply HOLD_IS_OVER = // RFC 4865 4
            Reply.of(501, "5.5.4", "Message is to be held until a time that is past");
    public static final Reply TOO_MANY_RECIPIENTS = // RFC 5321 4.5.3.1.10
            Reply.of(452, "4.5.3", "Too many recipients");
    public static final Reply NO_ROOM = // RFC 5321 4.2.2
            Reply.of(452, "4.3.1", "Insufficient system storage, try again later");
    public static final Reply MESSAGE_TOO_BIG = // RFC 1870 6.1
            Reply.of(552, "5.3.4", "Message size exceeds fixed maximum message size");
    public static final Reply HEADER_TOO_BIG = Reply.of(552, "5.3.4", "Header of the message exceeds its maximum size");

    public static final Reply BARE_LINE_END =
            Reply.of(554, "5.5.2", "Bare CR, bare LF or NUL received"); // RFC 5321 2.3.8
    public static final Reply EARLY_CONTENT = // RFC 2920 3.1
            Reply.of(554, "5.5.0", "Input behind DATA before its reply");
    public static final Reply EARLY_TLS = // RFC 3207 6
            Reply.of(554, "5.5.0", "Input behind STARTTLS before its reply");

    public static final Reply TRY_AGAIN = // RFC 5321 4.2.2
            Reply.of(451, "4.3.0", "Requested action aborted: cannot be checked now, try again later");
    public static final Reply TIMED_OUT =
            Reply.of(421, "4.4.2", "Timeout, closing transmission channel"); // RFC 5321 4.5.3.2
    public static final Reply CUT_OFF = // RFC 5321 4.1.1.4: nothing is accepted of it
            Reply.of(421, "4.4.2", "Message was cut off, closing transmission channel");
    public static final Reply LOCAL_ERROR = // RFC 5321 4.2.2
            Reply.of(421, "4.3.0", "Local error, closing transmission channel");
    public static final Reply SHUTTING_DOWN = // RFC 5321 3.8
            Reply.of(421, "4.3.2", "Service shutting down, closing transmission channel");
    public static final Reply TOO_MANY_CONNECTIONS = // RFC 5321 3.8
            Reply.of(421, "4.7.0", "Too many connections, try again later");
    public static final Reply TOO_MANY_FROM_ADDRESS = // RFC 5321 3.8
            Reply.of(421, "4.7.0", "Too many connections from your address, try again later");

    public static final Reply TOO_MANY_OF_ACCOUNT = // RFC 5321 3.8
            Reply.of(421, "4.7.0", "Too many connections of this account, try again later");
    public static final Reply TOO_MANY_FAILED_SIGN_INS = // RFC 5321 3.8
            Reply.of(421, "4.7.0", "Too many failed sign-ins from your address, try again in an hour");

    private static final int DETAIL_OCTETS = 400;

    private Replies() {}

    /** The first words of a session, RFC 5321 section 3.1. */
    public static Reply greeting(String serverName) {
        return Reply.of(220, "", serverName + " ESMTP Signet");
    }

    public static Reply helo(String serverName) {
        return Reply.of(250, "", serverName);
    }

    /** RFC 5321 section 4.1.1.1: the server's name, then a line for each extension. */
    public static Reply ehlo(String serverName, List<String> keywords) {
        var lines = new ArrayList<String>();
        lines.add(serverName);
        lines.addAll(keywords);
        return new Reply(250, "", lines);
    }

    /** RFC 4954 section 4: a challenge, base64. */
    public static Reply challenge(String base64) {
        return Reply.of(334, "", base64);
    }

    /** RFC 3030 section 2: a chunk that is not the last. */
    public static Reply chunkReceived(long octets) {
        return Reply.of(250, "2.0.0", octets + " octets received");
    }

    public static Reply accepted(String submissionId) {
        return Reply.of(250, "2.6.0", "Queued as " + submissionId);
    }

    /** RFC 5321 4.2.2; RFC 3463 3.8. */
    public static Reply messageRateExceeded(Instant until) {
        return Reply.of(450, "4.7.1", "Message rate of this account exceeded, try again after " + until);
    }

    /** RFC 5321 4.2.2; RFC 3463 3.6. */
    public static Reply recipientRateExceeded(Instant until) {
        return Reply.of(452, "4.5.3", "Recipient rate of this account exceeded, try again after " + until);
    }

    /** A refusal of the message's form; detail is a sentence of ours, never text of the message. */
    public static Reply refused(String detail) {
        return Reply.of(554, "5.6.0", sentence(detail));
    }

    /** A refusal of the account whatever it sends. */
    public static Reply suspended(String detail) {
        return Reply.of(554, "5.7.1", sentence(detail));
    }

    /** Details come from policy-service too: whatever it says, the reply is one line of ASCII (RFC 5321 4.5.3.1.5). */
    private static String sentence(String detail) {
        String ascii = detail.replaceAll("[^ -~]", "?");
        return ascii.length() > DETAIL_OCTETS ? ascii.substring(0, DETAIL_OCTETS) : ascii;
    }
}
