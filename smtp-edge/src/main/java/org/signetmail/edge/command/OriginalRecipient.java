package org.signetmail.edge.command;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The value of ORCPT, RFC 3461 section 4.2, with the address type that RFC 6533 section 3 adds. */
final class OriginalRecipient {
    private static final int OCTETS = 500; // RFC 3461 section 5

    /** Printable ASCII but for backslash, plus and equals; what is beyond ASCII; characters by their number. */
    private static final Pattern UNITEXT = Pattern.compile("(?:[!-~&&[^\\\\+=]]|[^\\x00-\\x9F]|\\\\x\\{[0-9A-F]+})+");

    private static final Pattern EMBEDDED = Pattern.compile("\\\\x\\{([0-9A-F]+)}");
    private static final Pattern NUMBER = Pattern.compile("[2-9A-F][0-9A-F]|[1-9A-F][0-9A-F]{2,4}|10[0-9A-F]{4}");

    private OriginalRecipient() {}

    /**
     * Reads a value.
     *
     * @return the same in ASCII alone, which every next hop may be told; empty when it is malformed
     */
    static Optional<String> read(String value) {
        int semicolon = value.indexOf(';');
        if (semicolon < 0 || semicolon == value.length() - 1) {
            return Optional.empty();
        }
        String address = value.substring(semicolon + 1);
        Optional<String> ascii = switch (value.substring(0, semicolon).toLowerCase(Locale.ROOT)) {
            case "rfc822" -> Xtext.decode(address).map(_ -> "rfc822;" + address);
            case "utf-8" -> unitext(address).map(text -> "utf-8;" + text);
            default -> Optional.empty();
        };
        return ascii.filter(text -> text.length() <= OCTETS);
    }

    private static Optional<String> unitext(String address) {
        boolean wellFormed = UNITEXT.matcher(address).matches()
                && EMBEDDED.matcher(address).results().allMatch(embedded -> isWritable(embedded.group(1)));
        return wellFormed ? Optional.of(inAscii(address)) : Optional.empty();
    }

    /** Whether the character may be written by its number: those that cannot stand themselves, but no control character. */
    private static boolean isWritable(String number) {
        if (!NUMBER.matcher(number).matches()) {
            return false;
        }
        int character = Integer.parseInt(number, 16);
        return character >= 0xA0 && (character < 0xD800 || character > 0xDFFF) || " +=\\".indexOf(character) >= 0;
    }

    private static String inAscii(String address) {
        var ascii = new StringBuilder();
        address.codePoints().forEach(character -> {
            if (character < 0x80) {
                ascii.append((char) character);
            } else {
                ascii.append("\\x{")
                        .append(Integer.toHexString(character).toUpperCase(Locale.ROOT))
                        .append('}');
            }
        });
        return ascii.toString();
    }
}
