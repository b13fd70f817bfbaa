package org.signetmail.directory.scim;

import java.util.Optional;
import org.signetmail.directory.group.GroupName;
import org.signetmail.directory.group.Party;

/**
 * A group with what SCIM adds to it.
 *
 * @param digest of all that a client reads of it, its members too
 */
record StoredGroup(GroupName name, Optional<String> displayName, Optional<String> externalId, String digest) {
    /** As members are named: RFC 7643 section 3.1 wants ids that no user has. */
    String id() {
        return new Party.OfGroup(name).toString();
    }

    String tag() {
        return "W/\"" + digest + "\"";
    }
}
