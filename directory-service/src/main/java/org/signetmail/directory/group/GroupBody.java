package org.signetmail.directory.group;

import java.util.List;
import java.util.Optional;
import org.signetmail.directory.account.AccountBody;
import org.signetmail.directory.address.AddressBody;
import org.signetmail.directory.problem.Refused;

/** What PUT reads: the whole group, but for its members. */
public record GroupBody(Optional<String> name, Optional<String> displayName, List<AddressBody> addresses) {
    /** Checks all that can be said without the database. */
    Group as(GroupName wanted) {
        if (name.isPresent() && !name.flatMap(GroupName::of).equals(Optional.of(wanted))) {
            throw Refused.invalid("name", "The body names another group than the path");
        }
        AccountBody.checkName(displayName);
        return new Group(wanted.text(), displayName, AddressBody.check(addresses));
    }
}
