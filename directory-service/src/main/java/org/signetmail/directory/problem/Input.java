package org.signetmail.directory.problem;

import java.time.Instant;
import java.util.Optional;

/** What every text, time and flag of a request must be, so that it can be stored and shown; refused by the name of its field. */
public final class Input {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Input() {}

    /** Something on one line: not blank, and no longer than so many characters. */
    public static String line(String field, String text, int longest) {
        boolean sound = text != null && !text.isBlank() && text.length() <= longest && isOneLine(text);
        if (!sound) {
            throw Refused.invalid(field, "1 to " + longest + " characters on one line are required");
        }
        return text.strip();
    }

    /** Whether it has no control characters, and no halves of characters. */
    public static boolean isOneLine(String text) {
        return text.codePoints().noneMatch(c -> Character.isISOControl(c) || isSurrogate(c));
    }

    /** Any text that PostgreSQL can keep. */
    public static String text(String field, String text, int longest) {
        if (text.length() > longest || text.codePoints().anyMatch(c -> c == 0 || isSurrogate(c))) {
            throw Refused.invalid(field, "At most " + longest + " characters are allowed, and NUL is none of them");
        }
        return text;
    }

    /** A time with a year of four digits, as RFC 3339 has it. */
    public static void time(String field, Optional<Instant> time) {
        if (time.isPresent() && (time.get().isBefore(FIRST) || time.get().isAfter(LAST))) {
            throw Refused.invalid(field, "A time has a year of four digits");
        }
    }

    /** A query parameter that is true or false, and nothing that is merely taken for one of them. */
    public static boolean flag(String field, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refused.invalid(field, "true or false is required");
        };
    }

    /** A lone one is no character. */
    private static boolean isSurrogate(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }
}
