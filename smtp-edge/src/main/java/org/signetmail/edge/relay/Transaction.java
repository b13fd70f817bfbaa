package org.signetmail.edge.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.signetmail.edge.event.DeliveryParameters;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.relay.HopConnection.TlsMissing;
import org.signetmail.edge.relay.Outcome.Delivered;
import org.signetmail.edge.relay.Outcome.FailedForGood;
import org.signetmail.edge.relay.Outcome.Handover;
import org.signetmail.edge.relay.Outcome.Later;

/**
 * One mail transaction: MAIL, RCPT, DATA (RFC 5321 3.3; over LMTP RFC 2033). Each reply decides for the recipients that it
 * is about; what an IOException leaves undecided is to be tried again.
 */
final class Transaction {
    private static final byte[] NOTHING = {};
    private static final String DATA = "DATA";
    private static final String PIPELINING = "PIPELINING";
    private static final String DSN = "DSN";
    private static final String EIGHT_BIT = "8BITMIME";

    private final HopConnection hop;
    private final String host;
    private final OutboundMessage message;
    private final Answers answers;
    private final Signing signing;
    private byte[] signatures = NOTHING;
    /** A command for each recipient that one can be written for. */
    private SequencedMap<String, String> rcpts = new LinkedHashMap<>();
    /** Whether all commands went out with MAIL, and only their replies are to be read. */
    private boolean sentAhead;

    private boolean mailAccepted;

    Transaction(HopConnection hop, String host, OutboundMessage message, Answers answers, Signing signing) {
        this.hop = hop;
        this.host = host;
        this.signing = signing;
        this.message = hop.extensions().offers(EIGHT_BIT) ? message : asReport(message);
        this.answers = answers;
    }

    /** Nobody would hear that a report of ours, which has the null sender and no account, got no further. */
    private static OutboundMessage asReport(OutboundMessage message) {
        boolean ours = message.mailFrom().isEmpty() && message.account().isEmpty();
        return ours && !DataOctets.isSevenBit(message.content())
                ? message.withContent(SevenBitReport.of(message.content()))
                : message;
    }

    HopConnection hop() {
        return hop;
    }

    /**
     * MAIL, when the next hop can take such a message at all. Where it offers PIPELINING everything up to the content goes
     * out with it (RFC 2920).
     */
    void mail() throws IOException, HopTrouble {
        if (message.parameters().requireTls() && !hop.extensions().offers("REQUIRETLS")) {
            throw HopTrouble.atConnect(new TlsMissing("the next hop does not offer REQUIRETLS"));
        }
        Optional<FailedForGood> unsuited = unsuited();
        Optional<String> path = WirePath.of(message.mailFrom());
        if (unsuited.isPresent()) {
            answers.decideRest(unsuited.get());
        } else if (path.isEmpty()) {
            answers.decideRest(ofOurOwn("5.1.7", "The reverse-path cannot be written in SMTP"));
        } else {
            signatures = signing.of(message);
            rcpts = rcpts();
            if (!rcpts.isEmpty()) {
                mail("MAIL FROM:" + path.get() + parameters());
            }
        }
    }

    private SequencedMap<String, String> rcpts() {
        var commands = new LinkedHashMap<String, String>();
        for (String recipient : answers.undecided()) {
            Optional<String> path = WirePath.of(recipient);
            if (path.isEmpty() || recipient.isEmpty()) {
                answers.decide(recipient, ofOurOwn("5.1.3", "The address cannot be written in SMTP"));
            } else {
                commands.put(recipient, "RCPT TO:" + path.get() + parameters(recipient));
            }
        }
        return commands;
    }

    private void mail(String command) throws IOException, HopTrouble {
        if (hop.extensions().offers(PIPELINING)) {
            var group = new ArrayList<String>();
            group.add(command);
            group.addAll(rcpts.values());
            group.add(DATA);
            hop.send(group);
            sentAhead = true;
        }
        Reply reply = ask(command);
        if (reply.code() == 530) {
            // RFC 4954 6, RFC 3207 4: it wants AUTH or TLS first, whatever the message.
            throw HopTrouble.atConnect(new IOException(reply.text()));
        }
        mailAccepted = reply.accepted();
        if (!mailAccepted) {
            answers.decideRest(refusal(reply));
        }
    }

    private Reply ask(String command) throws IOException {
        return sentAhead ? hop.nextReply() : hop.command(command);
    }

    /** RCPT and DATA; leaves the session ready for the next MAIL. */
    void complete() throws IOException {
        List<String> accepted = mailAccepted || sentAhead ? recipients() : List.of();
        if (accepted.isEmpty() && !sentAhead || !data(accepted)) {
            hop.readyForNext();
        }
    }

    private List<String> recipients() throws IOException {
        var accepted = new ArrayList<String>();
        for (Map.Entry<String, String> rcpt : rcpts.entrySet()) {
            Reply reply = ask(rcpt.getValue());
            if (mailAccepted && reply.accepted()) {
                accepted.add(rcpt.getKey());
            } else if (mailAccepted) {
                // RFC 5321 4.5.3.1.10: older hosts say 552 when there are too many recipients.
                boolean tooMany = reply.code() == 552 && !accepted.isEmpty();
                answers.decide(
                        rcpt.getKey(), tooMany ? new Later("4.5.3", reply.text(), Optional.of(host)) : refusal(reply));
            }
        }
        return accepted;
    }

    /** @return whether content went out; if not, the transaction is still open */
    private boolean data(List<String> accepted) throws IOException {
        Reply go = ask(DATA);
        if (go.code() != 354) {
            Outcome refusal = refusal(go);
            accepted.forEach(recipient -> answers.decide(recipient, refusal));
            return false;
        }
        if (!mailAccepted) {
            throw new IOException("Out of order: " + go.text());
        }
        if (accepted.isEmpty()) {
            // RFC 2920 3.1: it lets us go on with no recipient. Nothing but an end of content may follow, to which it
            // says no.
            hop.content(NOTHING, NOTHING);
            hop.nextReply();
            return true;
        }
        hop.content(signatures, message.content());
        if (hop.answersEachRecipient()) {
            // RFC 2033 4.2: one reply for each accepted RCPT, in their order.
            for (String recipient : accepted) {
                answers.decide(recipient, outcome(hop.nextReply()));
            }
        } else {
            Outcome outcome = outcome(hop.nextReply());
            accepted.forEach(recipient -> answers.decide(recipient, outcome));
        }
        return true;
    }

    private Optional<FailedForGood> unsuited() {
        Extensions extensions = hop.extensions();
        int size = message.content().length;
        if (extensions.sizeLimit().isPresent() && size > extensions.sizeLimit().getAsLong()) {
            return Optional.of(ofOurOwn(
                    "5.3.4",
                    "The message has " + size + " octets, the next hop takes "
                            + extensions.sizeLimit().getAsLong()));
        }
        if (needsSmtpUtf8() && !extensions.offers("SMTPUTF8")) {
            return Optional.of(ofOurOwn("5.6.7", "The message needs SMTPUTF8, which the next hop does not offer"));
        }
        if (!DataOctets.isSevenBit(message.content()) && !extensions.offers(EIGHT_BIT)) {
            return Optional.of(ofOurOwn("5.6.3", "The message needs 8BITMIME, which the next hop does not offer"));
        }
        return Optional.empty();
    }

    private String parameters() {
        Extensions extensions = hop.extensions();
        return (extensions.offers("SIZE") ? " SIZE=" + (signatures.length + message.content().length) : "")
                + (DataOctets.isSevenBit(message.content()) ? "" : " BODY=8BITMIME")
                + (needsSmtpUtf8() ? " SMTPUTF8" : "")
                + (message.parameters().requireTls() ? " REQUIRETLS" : "")
                + (extensions.offers(DSN) ? dsnParameters() : "");
    }

    /** RFC 3461 5.2.1: handed on as they came. */
    private String dsnParameters() {
        DeliveryParameters asked = message.parameters();
        return asked.ret().map(ret -> " RET=" + ret).orElse("")
                + asked.envid().map(envid -> " ENVID=" + envid).orElse("");
    }

    private String parameters(String recipient) {
        String asked = message.parameters().of(recipient).text();
        return hop.extensions().offers(DSN) && !asked.isEmpty() ? " " + asked : "";
    }

    private Handover handover() {
        if (hop.extensions().offers(DSN)) {
            return Handover.WITH_NOTIFY;
        }
        return hop.answersEachRecipient() ? Handover.IN_MAILBOX : Handover.RELAYED;
    }

    private boolean needsSmtpUtf8() {
        return message.smtputf8()
                || !WirePath.isAscii(message.mailFrom())
                || !message.recipients().stream().allMatch(WirePath::isAscii);
    }

    private Outcome outcome(Reply reply) throws IOException {
        return reply.accepted() ? new Delivered(handover(), reply.status(), reply.text(), host) : refusal(reply);
    }

    private Outcome refusal(Reply reply) throws IOException {
        if (reply.permanentRefusal()) {
            return new FailedForGood(reply.status(), reply.text(), Optional.of(host));
        }
        if (reply.transientRefusal()) {
            return new Later(reply.status(), reply.text(), Optional.of(host));
        }
        throw new IOException("Out of order: " + reply.text());
    }

    private static FailedForGood ofOurOwn(String status, String diagnostic) {
        return new FailedForGood(status, diagnostic, Optional.empty());
    }
}
