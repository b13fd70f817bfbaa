package org.signetmail.directory.credential;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.signetmail.directory.DirectoryMetrics.Authentication;
import org.signetmail.directory.credential.ApplicationPasswordStore.Known;
import org.signetmail.directory.credential.CredentialStore.SignIn;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.DatabaseFailure;

/**
 * Whether a password is the account's own or one of its application passwords. Which of them it is compared with follows
 * from what the client said alone, and it is always one, or none in the place of one: the time tells neither whether the
 * account exists nor how many passwords it has.
 */
@Singleton
class PasswordCheck {
    /** @param credential id of the application password that it was; empty with the account's own */
    record Result(Authentication authentication, Optional<SignIn> account, Optional<String> credential) {
        private static Result refused(Authentication why) {
            return new Result(why, Optional.empty(), Optional.empty());
        }
    }

    private static final Logger LOG = Logger.getLogger(PasswordCheck.class);

    private record Stored(Optional<SignIn> account, Optional<Known> application) {
        private static final Stored NOTHING = new Stored(Optional.empty(), Optional.empty());
    }

    private final Database database;
    private final CredentialStore store;
    private final ApplicationPasswordStore applications;
    private final Scram scram;
    private final ForeignPasswords foreign;

    PasswordCheck(
            Database database,
            CredentialStore store,
            ApplicationPasswordStore applications,
            Scram scram,
            ForeignPasswords foreign) {
        this.database = database;
        this.store = store;
        this.applications = applications;
        this.scram = scram;
        this.foreign = foreign;
    }

    /** @param name empty when what the client called itself can be no name */
    Result check(Optional<UserName> name, Password password, Optional<InetAddress> client) {
        Optional<GeneratedPassword> generated = GeneratedPassword.read(password.text());
        Optional<String> id = name.flatMap(UserName::credential).or(() -> generated.map(GeneratedPassword::id));
        if (id.isEmpty()) {
            return own(name.map(UserName::login), password);
        }
        Password given = generated.map(GeneratedPassword::password).orElse(password);
        return application(name.map(UserName::login), id.get(), given, client);
    }

    /** LDAP hears of no application password, not even a revoked one: it would lock the account that it counts for. */
    private Result application(Optional<Login> login, String id, Password password, Optional<InetAddress> client) {
        Stored stored = login.map(name -> database.snapshot(connection -> stored(connection, name, id)))
                .orElse(Stored.NOTHING);
        boolean matches = scram.matches(stored.application().map(Known::verifier), password);
        if (stored.account().isEmpty()) {
            return Result.refused(Authentication.UNKNOWN_ACCOUNT);
        }
        if (!stored.account().get().enabled()) {
            return Result.refused(Authentication.DISABLED_ACCOUNT);
        }
        if (!matches) {
            return Result.refused(Authentication.WRONG_PASSWORD);
        }
        ApplicationPassword used = stored.application().orElseThrow().password();
        if (used.isExpired(Instant.now())) {
            return Result.refused(Authentication.EXPIRED_PASSWORD);
        }
        if (!used.countsFrom(client)) {
            return Result.refused(Authentication.OTHER_NETWORK);
        }
        noteUse(login.orElseThrow(), id, client);
        return new Result(Authentication.ACCEPTED, stored.account(), Optional.of(id));
    }

    private Stored stored(Connection connection, Login login, String id) throws SQLException {
        return new Stored(store.find(connection, login), applications.find(connection, login, id));
    }

    /** A database that can only be read right now keeps nobody out. */
    private void noteUse(Login login, String id, Optional<InetAddress> client) {
        try {
            database.transaction(connection -> applications.used(connection, login, id, client));
        } catch (DatabaseFailure e) {
            LOG.warnf("The last use of application password %s was not written: %s", id, e.getMessage());
        }
    }

    private Result own(Optional<Login> login, Password password) {
        Optional<SignIn> account =
                login.flatMap(name -> database.transaction(connection -> store.find(connection, name)));
        boolean matches = scram.matches(account.flatMap(SignIn::verifier), password);
        Optional<Boolean> elsewhere =
                login.filter(_ -> account.isPresent()).flatMap(name -> foreign.matches(name, password));
        if (account.isEmpty()) {
            return Result.refused(Authentication.UNKNOWN_ACCOUNT);
        }
        if (!account.get().enabled()) {
            return Result.refused(Authentication.DISABLED_ACCOUNT);
        }
        if (elsewhere.isEmpty() && account.get().verifier().isEmpty()) {
            return Result.refused(Authentication.NO_PASSWORD);
        }
        return elsewhere.orElse(matches)
                ? new Result(Authentication.ACCEPTED, account, Optional.empty())
                : Result.refused(Authentication.WRONG_PASSWORD);
    }
}
