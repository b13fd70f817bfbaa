package org.signetmail.policy.originator;

/**
 * What may stand for {@code *} in {@code *@domain}, or behind a subaddress delimiter. Forms that a mail system may read
 * as another address, and characters that a reader does not see, must be listed literally.
 */
final class FreeLocalPart {
    private static final String ROUTES = "%!@"; // percent hack, bang path, second @

    private FreeLocalPart() {}

    static boolean accepts(String localPart) {
        return localPart.codePoints().allMatch(FreeLocalPart::plain);
    }

    private static boolean plain(int character) {
        return ROUTES.indexOf(character) < 0
                && switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.FORMAT, // zero-width and bidi characters
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }
}
