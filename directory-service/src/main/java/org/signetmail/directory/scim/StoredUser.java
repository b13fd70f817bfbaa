package org.signetmail.directory.scim;

import java.util.Optional;
import org.signetmail.directory.account.Account;

/** An account with what SCIM adds to it. */
record StoredUser(Account account, Optional<String> externalId, long version) {
    /** RFC 7644 section 3.14: a weak entity tag. It changes with grants to the account, too. */
    String tag() {
        return "W/\"" + version + "\"";
    }
}
