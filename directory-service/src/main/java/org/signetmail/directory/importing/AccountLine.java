package org.signetmail.directory.importing;

import java.util.Optional;
import org.signetmail.directory.account.Account;
import org.signetmail.directory.credential.Password;
import org.signetmail.directory.problem.Refused;

/** A line of the request after all that can be done without the database. */
sealed interface AccountLine {
    long number();

    record Ready(long number, Account account, Optional<Password> password) implements AccountLine {}

    record Faulty(long number, Optional<String> login, Refused reason) implements AccountLine {}
}
