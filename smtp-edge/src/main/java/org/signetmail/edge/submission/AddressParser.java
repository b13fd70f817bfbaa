package org.signetmail.edge.submission;

import static org.signetmail.edge.submission.AddressCursor.END;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The address grammar of RFC 5322 3.4 and RFC 6532, over one unfolded field value. Obsolete syntax, groups and everything
 * that two readers could take apart differently is a flaw. Each character is read once.
 */
public final class AddressParser {
    /** RFC 5321 4.5.3.1: 64 of the local part, @, 255 of the domain. Who compares addresses needs a bound. */
    private static final int MAX_ADDRESS_LENGTH = 64 + 1 + 255;

    private final AddressCursor cursor;

    /** Display name and comments of the mailbox in hand. */
    private final List<String> texts = new ArrayList<>();

    private AddressParser(String text, boolean smtputf8) throws Flawed {
        cursor = new AddressCursor(text, smtputf8);
    }

    /**
     * One bare address as SMTP commands have it (RFC 5321 4.1.2 Mailbox): no comments, no white space around it, no source
     * route. A dot behind the domain is kept: such an address is unknown, not unreadable.
     *
     * @return {@code local-part@domain} with the local part unquoted, or empty when it does not parse
     */
    public static Optional<String> addrSpec(String text, boolean smtputf8) {
        if (text.indexOf('\t') >= 0) { // RFC 5321 4.1.2 qtextSMTP has no tab, RFC 5322 has
            return Optional.empty();
        }
        try {
            var parser = new AddressParser(text, smtputf8);
            String address = parser.addrSpec(parser.word());
            return parser.cursor.peek() == END ? Optional.of(address) : Optional.empty();
        } catch (Flawed _) {
            return Optional.empty();
        }
    }

    /** Writes {@code local-part@domain} as SMTP and headers need it: the local part is quoted where it must be. */
    public static String quoted(String address) {
        int separator = address.lastIndexOf('@');
        String local = address.substring(0, separator);
        if (AddressCursor.isDotAtom(local)) {
            return address;
        }
        return '"' + local.replace("\\", "\\\\").replace("\"", "\\\"") + '"' + address.substring(separator);
    }

    /** RFC 5322 3.4 mailbox-list. */
    static List<Mailbox> mailboxList(String value, boolean smtputf8) throws Flawed {
        var parser = new AddressParser(value, smtputf8);
        var mailboxes = new ArrayList<Mailbox>();
        mailboxes.add(parser.firstMailbox());
        while (parser.cursor.peek() == ',') {
            parser.cursor.advance();
            mailboxes.add(parser.mailbox());
        }
        return mailboxes;
    }

    /** RFC 5322 3.4 mailbox. */
    static Mailbox mailbox(String value, boolean smtputf8) throws Flawed {
        var parser = new AddressParser(value, smtputf8);
        Mailbox mailbox = parser.firstMailbox();
        if (parser.cursor.peek() == ',') {
            throw new Flawed(Flaw.SEVERAL_ADDRESSES);
        }
        return mailbox;
    }

    private Mailbox firstMailbox() throws Flawed {
        if (cursor.isBlank()) {
            throw new Flawed(Flaw.EMPTY_FIELD);
        }
        return mailbox();
    }

    /** Reads one mailbox; the cursor ends at a comma or at the end of the value. */
    private Mailbox mailbox() throws Flawed {
        texts.clear();
        skipCfws();
        String address = switch (cursor.peek()) {
            case '<' -> angleAddr();
            case END, ',' -> throw new Flawed(texts.isEmpty() ? Flaw.EMPTY_ENTRY : Flaw.NO_ADDRESS);
            default -> nameAddrOrAddrSpec();
        };
        return new Mailbox(address, texts);
    }

    private String nameAddrOrAddrSpec() throws Flawed {
        Word first = word();
        if (cursor.peek() != '@') {
            phrase(first);
            return angleAddr();
        }
        String address = addrSpecOfHeader(first);
        skipCfws();
        if (cursor.peek() == '<') { // ceo@example.test <alice@example.test>
            throw new Flawed(Flaw.AT_IN_NAME);
        }
        requireEndOfMailbox(Flaw.TEXT_AFTER_ADDRESS);
        return address;
    }

    /**
     * RFC 5322 3.2.5 phrase, up to the angle bracket that must follow. Of obs-phrase the dot is taken: "J. Smith" without
     * quotation marks is common, and no reader takes it for anything but a name.
     */
    private void phrase(Word first) throws Flawed {
        var words = new ArrayList<>(List.of(first));
        boolean behindComment = skipCfws();
        while (cursor.peek() != '<') {
            switch (cursor.peek()) {
                case END, ',' -> throw new Flawed(Flaw.NO_ADDRESS);
                case '@' -> {
                    Flaw inside = behindComment ? Flaw.COMMENT_IN_ADDRESS : Flaw.SPACE_IN_ADDRESS;
                    throw new Flawed(words.size() == 1 ? inside : Flaw.AT_IN_NAME);
                }
                default -> words.add(word());
            }
            behindComment = skipCfws();
        }
        if (words.stream().anyMatch(Word::hidesAnAddress)) {
            throw new Flawed(Flaw.ENCODED_ADDRESS_IN_NAME);
        }
        texts.addFirst(String.join(" ", words.stream().map(Word::text).toList()));
    }

    /** RFC 5322 3.4 angle-addr without obs-route; white space at its edges is allowed, comments are not. */
    private String angleAddr() throws Flawed {
        cursor.advance();
        cursor.skipWhiteSpace();
        switch (cursor.peek()) {
            case '>' -> throw new Flawed(Flaw.EMPTY_ANGLE);
            case '@' -> throw new Flawed(Flaw.SOURCE_ROUTE);
            case END -> throw new Flawed(Flaw.UNBALANCED_ANGLE);
            default -> {}
        }
        String address = addrSpecOfHeader(word());
        cursor.skipWhiteSpace();
        if (cursor.peek() != '>') {
            throw unexpectedInAddress();
        }
        cursor.advance();
        skipCfws();
        requireEndOfMailbox(Flaw.TEXT_AFTER_ANGLE);
        return address;
    }

    /** As below. Readers that do not resolve quoted-pairs see another local part; where none is needed, none may be. */
    private String addrSpecOfHeader(Word local) throws Flawed {
        if (local.needlesslyEscaped) {
            throw new Flawed(Flaw.NEEDLESS_BACKSLASH);
        }
        return addrSpec(local);
    }

    /** RFC 5322 3.4.1 addr-spec; the cursor stands behind the local part. */
    private String addrSpec(Word local) throws Flawed {
        if (cursor.peek() != '@') {
            throw unexpectedInAddress();
        }
        if (local.text.isEmpty()) {
            throw new Flawed(Flaw.NO_LOCAL_PART);
        }
        if (!local.quoted && !AddressCursor.isDotAtom(local.text)) {
            throw new Flawed(Flaw.MISPLACED_DOT);
        }
        cursor.advance();
        String domain = cursor.peek() == '[' ? cursor.domainLiteral() : domainName();
        if (looksEncoded(local.text) || looksEncoded(domain)) { // RFC 2047 5: not in any part of an addr-spec
            throw new Flawed(Flaw.ENCODED_ADDRESS);
        }
        String address = local.text + '@' + domain;
        if (address.length() > MAX_ADDRESS_LENGTH) {
            throw new Flawed(Flaw.LONG_ADDRESS);
        }
        return address;
    }

    private String domainName() throws Flawed {
        String domain = cursor.atomsAndDots();
        if (domain.isEmpty()) {
            boolean missing = cursor.peek() == END || cursor.peek() == ',';
            throw missing ? new Flawed(Flaw.NO_DOMAIN) : unexpectedInAddress();
        }
        // One trailing dot is not in RFC 5322, but unambiguous: an address that nobody has, judged as such.
        if (!AddressCursor.isDotAtom(domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain)) {
            throw new Flawed(Flaw.MISPLACED_DOT);
        }
        return domain;
    }

    private Word word() throws Flawed {
        if (cursor.peek() == '"') {
            return new Word(cursor.quotedString(), true, cursor.isNeedlesslyEscaped());
        }
        String atoms = cursor.atomsAndDots();
        if (atoms.isEmpty()) {
            throw cursor.peek() == '@' ? new Flawed(Flaw.NO_LOCAL_PART) : unexpected();
        }
        return new Word(atoms, false, false);
    }

    /** Whether there was a comment; its text is kept, since many mail programs show it as the name. */
    private boolean skipCfws() throws Flawed {
        boolean comment = false;
        cursor.skipWhiteSpace();
        while (cursor.peek() == '(') {
            texts.add(cursor.comment());
            comment = true;
            cursor.skipWhiteSpace();
        }
        return comment;
    }

    private void requireEndOfMailbox(Flaw trailingText) throws Flawed {
        char next = cursor.peek();
        if (AddressCursor.isAtext(next) || next == '.' || next == '"' || next == '<') {
            throw new Flawed(trailingText);
        }
        if (next != END && next != ',') {
            throw unexpected();
        }
    }

    private Flawed unexpectedInAddress() {
        return switch (cursor.peek()) {
            case END -> new Flawed(Flaw.UNBALANCED_ANGLE);
            case '>' -> new Flawed(Flaw.NO_DOMAIN);
            case ' ', '\t' -> new Flawed(Flaw.SPACE_IN_ADDRESS);
            default -> unexpected();
        };
    }

    private Flawed unexpected() {
        return new Flawed(
                switch (cursor.peek()) {
                    case ':', ';' -> Flaw.GROUP;
                    case '<' -> Flaw.NESTED_ANGLE;
                    case '>' -> Flaw.UNBALANCED_ANGLE;
                    case '(' -> Flaw.COMMENT_IN_ADDRESS;
                    case ')' -> Flaw.UNBALANCED_COMMENT;
                    case ']' -> Flaw.UNBALANCED_LITERAL;
                    case '@' -> Flaw.TWO_AT;
                    default -> Flaw.ILLEGAL_CHARACTER;
                });
    }

    /** Encoded-words consist of atext: the grammar alone would take one for a local part. */
    private static boolean looksEncoded(String part) {
        int start = part.indexOf("=?");
        return start >= 0 && part.indexOf("?=", start + 2) >= 0;
    }

    /** @param needlesslyEscaped whether it is a quoted string with a quoted-pair for a character that needs none */
    private record Word(String text, boolean quoted, boolean needlesslyEscaped) {
        /** Readers that decode the field before they parse it take {@code =?utf-8?q?=3Cceo=40…=3E?=} for the address. */
        boolean hidesAnAddress() {
            return !quoted && EncodedWords.decode(text).chars().anyMatch(c -> c == '@' || c == '<' || c == '>');
        }
    }
}
