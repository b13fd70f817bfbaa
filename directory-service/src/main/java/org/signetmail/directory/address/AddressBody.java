package org.signetmail.directory.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.directory.problem.Refused;

/** One address of a body; primary false unless it says otherwise. */
public record AddressBody(String address, Optional<Boolean> primary) {
    /** Checks all that can be said without the database; no list is an empty one. */
    public static List<Address> check(List<AddressBody> bodies) {
        if (bodies == null) {
            return List.of();
        }
        var checked = new ArrayList<Address>();
        int primaries = 0;
        for (int i = 0; i < bodies.size(); i++) {
            AddressBody body = bodies.get(i);
            String address = body == null ? null : body.address();
            AddressSyntax.check(address, field(i));
            boolean primary = body.primary().orElse(false);
            primaries += primary ? 1 : 0;
            checked.add(new Address(address, primary));
        }
        if (!checked.isEmpty() && primaries != 1) {
            throw Refused.invalid("addresses", "Exactly one address must be primary; " + primaries + " are");
        }
        return checked;
    }

    static String field(int index) {
        return "addresses[" + index + "].address";
    }
}
