package org.signetmail.directory.address;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.signetmail.directory.problem.Refused;

/** What may be stored as an address: local part unquoted, so that any printable text may stand in it. */
public final class AddressSyntax {
    // RFC 5321 sections 4.5.3.1.1 and 4.5.3.1.3, the latter less its angle brackets.
    private static final int LOCAL_PART_OCTETS = 64;
    private static final int ADDRESS_OCTETS = 254;
    private static final String WILDCARD = "*@";

    private AddressSyntax() {}

    /**
     * Returns the canonical domain of a sound address.
     *
     * @param field path of the value, for the answer to who sent it
     */
    public static String check(String address, String field) {
        Optional<CanonicalAddress> canonical = address == null ? Optional.empty() : CanonicalAddress.of(address, false);
        if (canonical.isEmpty()) {
            throw Refused.invalid(field, "This is no mail address: local part, @ and a valid domain are required");
        }
        if (address.startsWith(WILDCARD) && address.lastIndexOf('@') == 1) {
            throw Refused.invalid(field, "*@domain is no address; it can only be granted");
        }
        if (address.codePoints().anyMatch(AddressSyntax::unprintable)) {
            throw Refused.invalid(field, "An address holds no control characters");
        }
        int local = octets(address.substring(0, address.lastIndexOf('@')));
        if (local > LOCAL_PART_OCTETS || octets(address) > ADDRESS_OCTETS) {
            throw Refused.invalid(field, "An address has at most 254 octets, 64 of them before the @");
        }
        return canonical.get().domain();
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean unprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }
}
