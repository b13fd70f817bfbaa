package org.signetmail.edge.submission;

/** The lexical tokens of RFC 5322 3.2 under a cursor over one unfolded value, which {@link AddressParser} puts together. */
final class AddressCursor {
    /** What {@link #peek} gives behind the last character; never a character of the text. */
    static final char END = '\0';

    private static final int MAX_COMMENT_DEPTH = 16;
    private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";
    private static final String NOT_IN_LITERAL = "@[\\]<>\"(),;";

    private final String text;
    private int at;
    private boolean needlesslyEscaped;

    AddressCursor(String text, boolean smtputf8) throws Flawed {
        this.text = text;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7F) {
                throw new Flawed(Flaw.CONTROL_CHARACTER);
            }
            if (c >= 0x80 && !smtputf8) {
                throw new Flawed(Flaw.RAW_8BIT);
            }
        }
    }

    char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    void advance() {
        at++;
    }

    boolean isBlank() {
        return text.isBlank();
    }

    void skipWhiteSpace() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    /** A run of atext and dots, possibly empty; whether its dots are well placed depends on where it is used. */
    String atomsAndDots() {
        int start = at;
        while (isAtext(peek()) || peek() == '.') {
            at++;
        }
        return text.substring(start, at);
    }

    /** RFC 5322 3.2.4; quoted-pairs resolved, white space kept. */
    String quotedString() throws Flawed {
        var content = new StringBuilder();
        at++;
        needlesslyEscaped = false;
        while (peek() != '"') {
            int behind = at + 1;
            needlesslyEscaped |= peek() == '\\' && behind < text.length() && "\"\\".indexOf(text.charAt(behind)) < 0;
            content.append(charOrQuotedPair(Flaw.UNBALANCED_QUOTE));
        }
        at++;
        return content.toString();
    }

    /** Whether the last quoted string had a quoted-pair for a character that could stand for itself. */
    boolean isNeedlesslyEscaped() {
        return needlesslyEscaped;
    }

    /** RFC 5322 3.2.2, without the outermost parentheses. A loop and not a recursion: depth costs no stack. */
    String comment() throws Flawed {
        var content = new StringBuilder();
        int depth = 1;
        at++;
        while (true) {
            if (peek() == '(' && ++depth > MAX_COMMENT_DEPTH) {
                throw new Flawed(Flaw.DEEP_COMMENT);
            }
            if (peek() == ')' && --depth == 0) {
                at++;
                return content.toString();
            }
            content.append(charOrQuotedPair(Flaw.UNBALANCED_COMMENT));
        }
    }

    /** RFC 5321 4.1.3; narrower than RFC 5322 3.4.1, which allows white space, {@code @} and other specials in it. */
    String domainLiteral() throws Flawed {
        int start = at++;
        while (peek() > ' ' && peek() < 0x7F && NOT_IN_LITERAL.indexOf(peek()) < 0) {
            at++;
        }
        if (peek() == END) {
            throw new Flawed(Flaw.UNBALANCED_LITERAL);
        }
        if (peek() != ']' || at == start + 1) {
            throw new Flawed(Flaw.ILLEGAL_LITERAL);
        }
        at++;
        return text.substring(start, at);
    }

    private char charOrQuotedPair(Flaw atEnd) throws Flawed {
        if (peek() == '\\') {
            at++;
        }
        if (peek() == END) {
            throw new Flawed(atEnd);
        }
        return text.charAt(at++);
    }

    /** RFC 5322 3.2.3 dot-atom-text. */
    static boolean isDotAtom(String part) {
        boolean behindAtom = false;
        for (int i = 0; i < part.length(); i++) {
            boolean atom = isAtext(part.charAt(i));
            if (!atom && (part.charAt(i) != '.' || !behindAtom)) {
                return false;
            }
            behindAtom = atom;
        }
        return behindAtom;
    }

    /** RFC 5322 3.2.3, with all that is not ASCII (RFC 6532 3.2). */
    static boolean isAtext(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c >= 0x80
                || c != END && ATEXT_SPECIALS.indexOf(c) >= 0;
    }
}
