package org.signetmail.edge.submission;

import java.util.ArrayList;
import java.util.List;

/** Finds what a reader of mail would take for an address inside a display name. No originators: a rule of their own. */
final class DisplayName {
    private static final int FULLWIDTH_OFFSET = 0xFF01 - '!';
    private static final char SMALL_AT = '\uFE6B';

    private DisplayName() {}

    /**
     * @param text display name or comment, as it stands in the header without its quotes
     * @return addresses as people read them: encoded-words decoded, fullwidth characters as their ASCII look-alikes
     */
    static List<String> addresses(String text) {
        String shown = asSeen(EncodedWords.decode(text));
        var addresses = new ArrayList<String>();
        for (int separator = shown.indexOf('@'); separator >= 0; separator = shown.indexOf('@', separator + 1)) {
            String local = localPart(shown, separator);
            String domain = domain(shown, separator);
            if (!local.isEmpty() && !domain.isEmpty()) {
                addresses.add(local + '@' + domain);
            }
        }
        return addresses;
    }

    /** Encoded NUL, CR or LF: there, some mail programs cut the field and show only what stands before it. */
    static boolean hidesLineEnd(String text) {
        String decoded = EncodedWords.decode(text);
        return decoded.indexOf('\0') >= 0 || decoded.indexOf('\r') >= 0 || decoded.indexOf('\n') >= 0;
    }

    /** Not Unicode's NFKC: its time is quadratic in a run of combining marks. */
    private static String asSeen(String decoded) {
        var seen = new StringBuilder(decoded.length());
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            boolean fullwidth = c >= '\uFF01' && c <= '\uFF5E';
            seen.append(
                    fullwidth ? (char) (c - FULLWIDTH_OFFSET) : c == SMALL_AT ? '@' : isIdeographicDot(c) ? '.' : c);
        }
        return seen.toString();
    }

    /** Which IDNA 2003 took for the dot of a domain (RFC 3490 3.1). */
    private static boolean isIdeographicDot(char c) {
        return c == '\u3002' || c == '\uFF61';
    }

    private static String localPart(String shown, int separator) {
        int start = separator;
        while (start > 0 && isLocal(shown.charAt(start - 1))) {
            start--;
        }
        while (start < separator && (shown.charAt(start) == '\'' || shown.charAt(start) == '.')) { // 'a@b', ...a@b
            start++;
        }
        return shown.substring(start, separator);
    }

    private static String domain(String shown, int separator) {
        int end = separator + 1;
        while (end < shown.length() && isDomain(shown.charAt(end))) {
            end++;
        }
        while (!Character.isLetterOrDigit(shown.charAt(end - 1)) && end > separator + 1) { // end of a sentence
            end--;
        }
        return shown.substring(separator + 1, end);
    }

    private static boolean isLocal(char c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.CONTROL -> false;
            default -> c == '.' || AddressCursor.isAtext(c);
        };
    }

    private static boolean isDomain(char c) {
        return c == '.' || c == '-' || c == '_' || Character.isLetterOrDigit(c) || c >= 0x80 && isLocal(c);
    }
}
