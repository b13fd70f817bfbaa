package org.signetmail.directory.finding;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the linter looks for, in the order in which it answers. */
public enum Kind {
    /** An address reads as the subaddress of another owner's. */
    SUBADDRESS_OF_ANOTHER,
    /** Addresses of several owners look alike, or differ by case alone. */
    CONFUSABLE_ADDRESS,
    /** Addresses are of a domain that is not registered. */
    UNREGISTERED_DOMAIN,
    /** An enabled account has no primary address: nobody can be told of its refusals. */
    NO_PRIMARY_ADDRESS,
    /** A grant is given to an account that cannot sign in. */
    GRANT_TO_DISABLED_ACCOUNT,
    /** A grant is given to a group that has no members. */
    GRANT_TO_EMPTY_GROUP,
    /** A grant gives an address of a registered domain that nobody has. */
    GRANT_OF_UNOWNED_ADDRESS,
    /** A grant gives addresses of a domain that is not registered. */
    GRANT_OF_UNREGISTERED_DOMAIN,
    /** A grant gives what an account or a group has, and it has none. */
    GRANT_OF_NO_ADDRESSES,
    /** A grant has come to its end. */
    EXPIRED_GRANT,
    /** An application password has come to its end. */
    EXPIRED_CREDENTIAL;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Kind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
