package org.signetmail.directory.account;

import java.util.List;
import java.util.Optional;
import org.signetmail.directory.address.Address;

/**
 * An account or shared mailbox, without its credential.
 *
 * @param addresses exactly one is primary, unless there are none
 */
public record Account(String login, Optional<String> displayName, boolean enabled, List<Address> addresses) {}
