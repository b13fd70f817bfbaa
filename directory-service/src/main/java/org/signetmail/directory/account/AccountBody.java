package org.signetmail.directory.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.AddressSyntax;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.credential.Password;
import org.signetmail.directory.domain.Mode;
import org.signetmail.directory.limit.Limits;
import org.signetmail.directory.problem.Input;
import org.signetmail.directory.problem.Refused;

/**
 * What PUT and a line of an import read: the whole account. Enabled unless it says otherwise; without a password the
 * stored credential stays.
 */
public record AccountBody(
        Optional<String> login,
        Optional<String> displayName,
        Optional<Boolean> enabled,
        Optional<Password> password,
        Optional<Mode> mode,
        Optional<Limits> limits,
        List<AddressBody> addresses) {
    private static final int LONGEST_NAME = 256;

    /** One address; primary false unless it says otherwise. */
    public record AddressBody(String address, Optional<Boolean> primary) {}

    /** Checks all that can be said without the database. */
    public Account as(Login name) {
        if (login.isPresent() && !login.flatMap(Login::of).equals(Optional.of(name))) {
            throw Refused.invalid("login", "The body names another account than the path");
        }
        if (displayName.isPresent() && !soundName(displayName.get())) {
            throw Refused.invalid(
                    "displayName", "A display name has at most 256 characters, none of them control characters");
        }
        return new Account(
                name.text(),
                displayName,
                enabled.orElse(true),
                mode,
                limits.map(Limits::check).flatMap(Limits::unlessDefaults),
                checkedAddresses());
    }

    private List<Address> checkedAddresses() {
        if (addresses == null) {
            return List.of();
        }
        var checked = new ArrayList<Address>();
        int primaries = 0;
        for (int i = 0; i < addresses.size(); i++) {
            AddressBody body = addresses.get(i);
            String address = body == null ? null : body.address();
            AddressSyntax.check(address, addressField(i));
            boolean primary = body.primary().orElse(false);
            primaries += primary ? 1 : 0;
            checked.add(new Address(address, primary));
        }
        if (!checked.isEmpty() && primaries != 1) {
            throw Refused.invalid("addresses", "Exactly one address must be primary; " + primaries + " are");
        }
        return checked;
    }

    static String addressField(int index) {
        return "addresses[" + index + "].address";
    }

    private static boolean soundName(String name) {
        return name.length() <= LONGEST_NAME && Input.isOneLine(name);
    }
}
