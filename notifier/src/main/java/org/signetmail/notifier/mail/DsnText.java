package org.signetmail.notifier.mail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of ESMTP parameters as reports show them: decoded. What is malformed is shown as it came. */
final class DsnText {
    private static final Pattern XTEXT = Pattern.compile("\\+([0-9A-F]{2})");
    private static final Pattern EMBEDDED = Pattern.compile("\\\\x\\{([0-9A-F]{1,6})}");

    private DsnText() {}

    /** RFC 3461 4: +2B is the character with that number. */
    static String xtext(String value) {
        return replaced(XTEXT, value);
    }

    /** RFC 6533 3: \x{FC} is the character with that number. */
    static String unitext(String value) {
        return replaced(EMBEDDED, value);
    }

    private static String replaced(Pattern encoded, String value) {
        return encoded.matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(character(Integer.parseInt(match.group(1), 16))));
    }

    private static String character(int number) {
        return Character.isValidCodePoint(number) ? Character.toString(number) : "?";
    }
}
