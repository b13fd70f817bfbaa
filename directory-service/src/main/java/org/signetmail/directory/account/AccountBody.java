package org.signetmail.directory.account;

import java.util.List;
import java.util.Optional;
import org.signetmail.directory.address.AddressBody;
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

    /** Checks all that can be said without the database. */
    public Account as(Login name) {
        if (login.isPresent() && !login.flatMap(Login::of).equals(Optional.of(name))) {
            throw Refused.invalid("login", "The body names another account than the path");
        }
        checkName(displayName);
        return new Account(
                name.text(),
                displayName,
                enabled.orElse(true),
                mode,
                limits.map(Limits::check).flatMap(Limits::unlessDefaults),
                AddressBody.check(addresses));
    }

    /** @throws Refused when this can be nobody's display name */
    public static void checkName(Optional<String> name) {
        boolean sound = name.map(text -> text.length() <= LONGEST_NAME && Input.isOneLine(text))
                .orElse(true);
        if (!sound) {
            throw Refused.invalid(
                    "displayName", "A display name has at most 256 characters, none of them control characters");
        }
    }
}
