package org.signetmail.directory.credential;

import java.util.Optional;

/** Passwords that are not kept here. */
public interface ForeignPasswords {
    /**
     * Whether this is the account's password; empty when it is not for others to say.
     *
     * @throws org.signetmail.directory.problem.Refused when those who know are out of reach
     */
    Optional<Boolean> matches(Login login, Password password);
}
