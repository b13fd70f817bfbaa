package org.signetmail.directory.group;

import java.util.List;
import java.util.Optional;
import org.signetmail.directory.address.Address;

/**
 * A group without its members. Being a member gives nothing by itself: only grants to the group do.
 *
 * @param addresses what a grant on the group gives; exactly one is primary, unless there are none
 */
public record Group(String name, Optional<String> displayName, List<Address> addresses) {
    Group with(List<Address> others) {
        return new Group(name, displayName, others);
    }
}
