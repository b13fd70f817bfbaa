package org.signetmail.directory.credential;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.signetmail.directory.address.AddressSyntax;
import org.signetmail.directory.address.CanonicalDomain;
import org.signetmail.directory.network.Network;
import org.signetmail.directory.problem.Input;
import org.signetmail.directory.problem.Refused;

/** What POST and PUT read: all that can be said about an application password, but never the password. */
public record ApplicationPasswordBody(
        String label, Optional<List<String>> addresses, Optional<List<String>> networks, Optional<Instant> validUntil) {
    private static final int LONGEST_LABEL = 100;
    private static final int MOST_ENTRIES = 100;
    private static final String WILDCARD = "*@";

    /** Checks all that can be said without the database; networks are in their one form then. */
    ApplicationPasswordBody checked() {
        Input.time("validUntil", validUntil);
        return new ApplicationPasswordBody(
                Input.line("label", label, LONGEST_LABEL),
                addresses.map(list -> each("addresses", list, ApplicationPasswordBody::address)),
                networks.map(list -> each("networks", list, Network::checked)),
                validUntil);
    }

    private static List<String> each(String field, List<String> list, BiFunction<String, String, String> check) {
        if (list.isEmpty() || list.size() > MOST_ENTRIES) {
            throw Refused.invalid(field, "1 to 100 entries are required; leave " + field + " out to bind nothing");
        }
        var checked = new ArrayList<String>();
        for (int i = 0; i < list.size(); i++) {
            checked.add(check.apply(list.get(i), field + "[" + i + "]"));
        }
        return checked;
    }

    private static String address(String text, String field) {
        boolean wildcard = text != null && text.startsWith(WILDCARD) && text.lastIndexOf('@') == 1;
        if (!wildcard) {
            AddressSyntax.check(text, field);
        } else if (CanonicalDomain.of(text.substring(WILDCARD.length())).isEmpty()) {
            throw Refused.invalid(field, "What follows *@ is no valid domain");
        }
        return text;
    }
}
