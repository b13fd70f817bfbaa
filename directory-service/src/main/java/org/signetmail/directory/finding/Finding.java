package org.signetmail.directory.finding;

import java.util.List;
import java.util.Optional;

/**
 * Something in the directory that is allowed and probably not meant.
 *
 * @param detail what is so
 * @param mend what would end it, often one of several ways
 */
public record Finding(Kind kind, Objects objects, String detail, String mend) {
    /** What it is about; the first of each is the one that it is found at. At most ten of each are named. */
    public record Objects(
            List<String> accounts, List<String> addresses, Optional<String> domain, Optional<String> grant) {
        static final int MOST = 10;

        static Objects of(List<String> accounts, List<String> addresses) {
            return new Objects(accounts, addresses, Optional.empty(), Optional.empty());
        }

        static Objects ofGrant(String account, List<String> addresses, String grant) {
            return new Objects(List.of(account), addresses, Optional.empty(), Optional.of(grant));
        }
    }
}
