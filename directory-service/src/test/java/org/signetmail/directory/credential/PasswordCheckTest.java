package org.signetmail.directory.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.signetmail.directory.DirectoryMetrics.Authentication;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.parts.Defaults;
import org.signetmail.directory.problem.Refused;
import org.signetmail.local.database.LocalDatabase;

/** How much is done for a question, and who is asked: what the time of an answer, and LDAP's log, may tell. */
class PasswordCheckTest {
    private static final Optional<InetAddress> CLIENT = Optional.of(InetAddress.ofLiteral("192.0.2.1"));
    private static final String NO_SUCH = "signet-0000-0000-0000-0000-0000-0000";

    @TempDir
    static Path directory;

    private static LocalDatabase postgresql;
    private static Database database;

    private final ApplicationPasswordStore applications = new ApplicationPasswordStore(new ChangeLog());
    private final CountingScram scram = new CountingScram();
    private final List<String> toldLdap = new ArrayList<>();
    private ForeignPasswords ldap = (_, _) -> Optional.empty();
    private String password;

    /** Counts derivations for a question. */
    private static final class CountingScram extends Scram {
        private int derived;

        CountingScram() {
            super(Defaults.config());
        }

        @Override
        public boolean matches(Optional<Verifier> stored, Password given) {
            derived++;
            return super.matches(stored, given);
        }
    }

    @BeforeAll
    static void start() {
        postgresql = LocalDatabase.start(directory);
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgresql.createDatabase("directory"));
        dataSource.setUser(postgresql.user());
        Flyway.configure().dataSource(dataSource).load().migrate();
        database = new Database(dataSource);
    }

    @AfterAll
    static void stop() {
        postgresql.close();
    }

    @BeforeEach
    void accounts() {
        sql("TRUNCATE account CASCADE");
        sql("INSERT INTO account VALUES ('none', NULL, true, 0), ('many', NULL, true, 0), ('shut', NULL, false, 0)");
        for (int i = 0; i < 20; i++) {
            password = give("many");
        }
    }

    @Test
    void everyQuestionCostsOneDerivation() {
        String[] names = {"none", "many", "shut", "nobody", "no*login", "many+00000000", "nobody+00000000", "many+"};
        String[] passwords = {"own", "", NO_SUCH, password};
        for (String name : names) {
            for (String given : passwords) {
                scram.derived = 0;
                ask(name, given);
                assertEquals(1, scram.derived, name + " with " + given);
            }
        }
    }

    /** A printer with a revoked one would lock its owner's account there. */
    @Test
    void ldapHearsOfNoApplicationPassword() {
        ldap = (_, given) -> {
            toldLdap.add(given.text());
            return Optional.of(given.text().equals("from-ldap"));
        };
        assertEquals(Authentication.ACCEPTED, ask("many", password));
        assertEquals(Authentication.WRONG_PASSWORD, ask("many", NO_SUCH));
        assertEquals(List.of(), toldLdap);
        assertEquals(Authentication.ACCEPTED, ask("many", "from-ldap"));
        assertEquals(Authentication.WRONG_PASSWORD, ask("many", "own"));
        assertEquals(List.of("from-ldap", "own"), toldLdap);
    }

    @Test
    void withoutLdapApplicationPasswordsStillWork() {
        ldap = (_, _) -> {
            throw Refused.unavailable("LDAP is away");
        };
        assertEquals(Authentication.ACCEPTED, ask("many", password));
        assertThrows(Refused.class, () -> ask("many", "from-ldap"));
    }

    @Test
    void aLastUseThatCannotBeWrittenKeepsNobodyOut() {
        sql("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'read only'; END $$");
        sql("CREATE TRIGGER refuse BEFORE UPDATE ON application_password EXECUTE FUNCTION refuse()");
        try {
            assertEquals(Authentication.ACCEPTED, ask("many", password));
        } finally {
            sql("DROP FUNCTION refuse CASCADE");
        }
    }

    private Authentication ask(String name, String given) {
        return new PasswordCheck(
                        database,
                        new CredentialStore(),
                        applications,
                        scram,
                        (login, text) -> ldap.matches(login, text))
                .check(UserName.of(name), new Password(given), CLIENT)
                .authentication();
    }

    private String give(String login) {
        GeneratedPassword drawn = GeneratedPassword.draw(new SecureRandom());
        Verifier verifier = scram.verifier(drawn.password()).orElseThrow();
        var body = new ApplicationPasswordBody("x", Optional.empty(), Optional.empty(), Optional.empty());
        database.write(
                transaction -> applications.add(transaction, new Login(login), drawn.id(), body, verifier, "admin"));
        return drawn.text();
    }

    private static void sql(String sql) {
        database.transaction(connection -> Sql.update(connection, sql));
    }
}
