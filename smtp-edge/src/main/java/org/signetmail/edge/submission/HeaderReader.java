package org.signetmail.edge.submission;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The strict reading of a submitted header, once, before its originators are judged. Whatever two readers could understand
 * differently is {@link Header.Malformed}; nothing is repaired. Time is linear in the size of the header.
 */
public final class HeaderReader {
    private static final String FROM = "From";
    private static final String SENDER = "Sender";
    private static final String RESENT_FROM = "Resent-From";
    private static final String RESENT_SENDER = "Resent-Sender";

    /**
     * RFC 5322 3.6: at most once each. Readers differ on which of two they show, and what the recipient sees would not be
     * what the notification quotes; large receivers refuse such mail, so the submitter had better hear of it here.
     */
    private static final List<String> AT_MOST_ONCE = List.of(
            FROM, SENDER, "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "In-Reply-To", "References");

    private final byte[] message;
    private final boolean smtputf8;
    private final List<HeaderField> fields;

    private HeaderReader(byte[] message, boolean smtputf8, List<HeaderField> fields) {
        this.message = message;
        this.smtputf8 = smtputf8;
        this.fields = fields;
    }

    /**
     * Reads up to the empty line, or all when there is none.
     *
     * @param smtputf8 whether the envelope asked for SMTPUTF8; without it an originator field is ASCII
     */
    public static Header read(byte[] message, boolean smtputf8) {
        List<HeaderField> fields;
        try {
            int length = HeaderBlock.length(message);
            HeaderBlock.requireAllowedOctets(message, length, smtputf8);
            fields = HeaderFields.split(message, length);
        } catch (Flawed flawed) {
            return malformed(Header.Malformed.WHOLE, flawed.flaw());
        }
        return new HeaderReader(message, smtputf8, fields).header();
    }

    /** Octets of the header block without the empty line behind it; all of the message when there is no empty line. */
    public static int headerLength(byte[] message) {
        return HeaderBlock.length(message);
    }

    private Header header() {
        for (String name : AT_MOST_ONCE) {
            if (named(name).size() > 1) {
                return malformed(name, Flaw.TWO_FIELDS);
            }
        }
        if (named(FROM).isEmpty()) {
            return malformed(FROM, Flaw.NO_FIELD);
        }
        String field = FROM;
        try {
            List<Mailbox> from = mailboxes(FROM);
            field = SENDER;
            List<Mailbox> sender = mailbox(SENDER);
            field = RESENT_FROM;
            List<Mailbox> resentFrom = mailboxes(RESENT_FROM);
            field = RESENT_SENDER;
            List<Mailbox> resentSender = mailbox(RESENT_SENDER);
            return new Header.Parsed(originators(from, sender, resentFrom, resentSender), fields);
        } catch (Flawed flawed) {
            return malformed(field, flawed.flaw());
        }
    }

    private List<Mailbox> mailboxes(String name) throws Flawed {
        var mailboxes = new ArrayList<Mailbox>();
        for (HeaderField field : named(name)) {
            mailboxes.addAll(AddressParser.mailboxList(value(field), smtputf8));
        }
        return shownWhole(mailboxes);
    }

    private List<Mailbox> mailbox(String name) throws Flawed {
        var mailboxes = new ArrayList<Mailbox>();
        for (HeaderField field : named(name)) {
            mailboxes.add(AddressParser.mailbox(value(field), smtputf8));
        }
        return shownWhole(mailboxes);
    }

    private static List<Mailbox> shownWhole(List<Mailbox> mailboxes) throws Flawed {
        for (Mailbox mailbox : mailboxes) {
            if (mailbox.texts().stream().anyMatch(DisplayName::hidesLineEnd)) {
                throw new Flawed(Flaw.ENCODED_LINE_END);
            }
        }
        return mailboxes;
    }

    private static Originators originators(
            List<Mailbox> from, List<Mailbox> sender, List<Mailbox> resentFrom, List<Mailbox> resentSender) {
        var shown = new LinkedHashSet<String>();
        from.forEach(mailbox -> mailbox.texts().forEach(text -> shown.addAll(DisplayName.addresses(text))));
        sender.forEach(mailbox -> mailbox.texts().forEach(text -> shown.addAll(DisplayName.addresses(text))));
        Optional<String> senderAddress = sender.stream().map(Mailbox::address).findFirst();
        return new Originators(
                addresses(from), senderAddress, addresses(resentFrom), addresses(resentSender), List.copyOf(shown));
    }

    private static List<String> addresses(List<Mailbox> mailboxes) {
        return mailboxes.stream().map(Mailbox::address).toList();
    }

    private List<HeaderField> named(String name) {
        return fields.stream().filter(field -> field.is(name)).toList();
    }

    /** Latin-1 gives each raw octet a character of its own, which the parser then refuses. */
    private String value(HeaderField field) {
        Charset charset = smtputf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return field.unfolded(message, charset);
    }

    private static Header.Malformed malformed(String field, Flaw flaw) {
        return new Header.Malformed(field, flaw.in(field), flaw == Flaw.CONTROL_CHARACTER);
    }
}
