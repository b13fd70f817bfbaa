package org.signetmail.notifier.mail;

/**
 * Text of others (a forged header, a next hop's reply) made fit to stand in a mail of ours: one line, nothing that a
 * reader cannot see, of bounded length.
 */
public final class Visible {
    /** Longest value shown, in characters: far below the 998 of RFC 5322 2.1.1 even when all are escaped. */
    public static final int LONGEST = 300;

    private static final int ESCAPED_LENGTH = 10;
    private static final int LONGEST_LINE = 900;

    private Visible() {}

    /** Runs of control characters and blanks become one blank, invisible characters are spelt out, the rest is cut. */
    public static String line(String text) {
        var shown = new StringBuilder();
        boolean blank = false;
        int count = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (isBlank(c)) {
                blank = true;
                continue;
            }
            if (++count > LONGEST || shown.length() > LONGEST_LINE - ESCAPED_LENGTH) {
                return shown.append(" [...]").toString();
            }
            if (blank && !shown.isEmpty()) {
                shown.append(' ');
            }
            blank = false;
            append(shown, c);
        }
        return shown.toString();
    }

    /** As {@link #line}, and what is not ASCII is spelt out as RFC 6533 section 3 does. */
    public static String asciiLine(String text) {
        var ascii = new StringBuilder();
        line(text).codePoints().forEach(c -> {
            if (c < 0x7f) {
                ascii.append((char) c);
            } else {
                ascii.append(escaped(c));
            }
        });
        return ascii.length() <= LONGEST_LINE ? ascii.toString() : ascii.substring(0, LONGEST_LINE) + " [...]";
    }

    /** utf-8-addr-xtext of RFC 6533 section 3: 7-bit, no blanks. */
    public static String xtext(String address) {
        var xtext = new StringBuilder();
        line(address).codePoints().forEach(c -> {
            if (c > ' ' && c < 0x7f && c != '+' && c != '=' && c != '\\') {
                xtext.append((char) c);
            } else {
                xtext.append(escaped(c));
            }
        });
        return xtext.length() <= LONGEST_LINE ? xtext.toString() : xtext.substring(0, LONGEST_LINE);
    }

    public static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    static boolean isVisible(String text) {
        return text.codePoints().allMatch(c -> c == ' ' || !isBlank(c) && !isHidden(c));
    }

    private static void append(StringBuilder shown, int c) {
        if (isHidden(c)) {
            shown.append(escaped(c));
        } else {
            shown.appendCodePoint(c);
        }
    }

    private static String escaped(int c) {
        return "\\x{%X}".formatted(c);
    }

    private static boolean isBlank(int c) {
        return Character.isISOControl(c) || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
