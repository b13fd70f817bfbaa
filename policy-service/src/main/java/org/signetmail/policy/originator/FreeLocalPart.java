package org.signetmail.policy.originator;

/**
 * What may stand for {@code *} in {@code *@domain}, or behind a subaddress delimiter: what needs no quotation marks (RFC
 * 5321 4.1.2 Dot-string, RFC 6531 for letters of other scripts). A reader that drops the marks, or splits at blanks and
 * commas, would see another address in {@code "alice+, ceo"@}; such a local part must be listed literally. So must the
 * percent hack and the bang path, which a mail system may route by.
 */
final class FreeLocalPart {
    private static final String ATEXT_SYMBOLS = "#$&'*+-/=?^_`{|}~"; // RFC 5322 3.2.3 without % and !

    private FreeLocalPart() {}

    static boolean accepts(String localPart) {
        return localPart.codePoints().allMatch(FreeLocalPart::plain)
                && !localPart.startsWith(".")
                && !localPart.endsWith(".")
                && !localPart.contains("..");
    }

    private static boolean plain(int character) {
        if (character < 0x80) {
            return Character.isLetterOrDigit(character) || character == '.' || ATEXT_SYMBOLS.indexOf(character) >= 0;
        }
        return switch (Character.getType(character)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER -> true;
            default -> false;
        };
    }
}
