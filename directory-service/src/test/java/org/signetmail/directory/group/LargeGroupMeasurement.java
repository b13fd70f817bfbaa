package org.signetmail.directory.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.directory.address.AddressStore;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.credential.ApplicationPasswordStore;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.domain.DomainStore;
import org.signetmail.directory.grant.GrantBody;
import org.signetmail.directory.grant.GrantStore;
import org.signetmail.directory.grant.GrantTarget;
import org.signetmail.directory.grant.GrantType;
import org.signetmail.directory.group.MemberStore.Candidate;
import org.signetmail.directory.originator.OriginatorStore;
import org.signetmail.local.database.LocalDatabase;

/**
 * Not a test: with {@code -DargLine=-Dsignet.measure=10000} it shows how long, on PostgreSQL that syncs, the originators
 * of a member of so large a group take, two groups below the grantee, and each kind of change of it.
 */
@EnabledIfSystemProperty(named = "signet.measure", matches = "[0-9]+")
class LargeGroupMeasurement {
    private static final int REPETITIONS = 200;

    @TempDir
    Path directory;

    @Test
    void measure() throws Exception {
        int members = Integer.getInteger("signet.measure");
        try (LocalDatabase postgresql = LocalDatabase.start(directory.resolve("postgresql"));
                AgroalDataSource pool = pool(postgresql.createDatabase("directory"), postgresql.user())) {
            Flyway.configure().dataSource(pool).load().migrate();
            measure(new Database(pool), members);
        }
    }

    /** As in the service: a new connection for each question would be most of what is measured. */
    private static AgroalDataSource pool(String url, String user) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(2)
                        .connectionFactoryConfiguration(
                                factory -> factory.jdbcUrl(url).principal(new NamePrincipal(user)))));
    }

    private static void measure(Database database, int members) throws Exception {
        var changes = new ChangeLog();
        var addresses = new AddressStore();
        var domains = new DomainStore(addresses, changes);
        var groups = new GroupStore(addresses, domains, changes);
        var memberships = new MemberStore(changes);
        var grants = new GrantStore(changes);
        var originators = new OriginatorStore(domains, new ApplicationPasswordStore(changes));
        fill(database, members);
        for (String name : List.of("top", "mid", "big")) {
            database.write(tx -> groups.put(tx, new Group(name, Optional.empty(), List.of())));
        }
        add(database, memberships, "top", "group:mid");
        add(database, memberships, "mid", "group:big");
        for (int i = 0; i < 5; i++) {
            GrantTarget target = GrantTarget.parse("press" + i + "@x.test");
            database.write(tx -> grants.add(tx, grant("group:top", target), "measurement"));
        }
        long begin = System.nanoTime();
        for (int from = 0; from < members; from += 1000) {
            String[] page = new String[Math.min(1000, members - from)];
            int first = from;
            Arrays.setAll(page, i -> "u" + (first + i));
            add(database, memberships, "big", page);
        }
        System.out.printf(
                "%d members added, 1000 at a time: %d ms%n", members, (System.nanoTime() - begin) / 1_000_000);
        database.transaction(connection -> Sql.update(connection, "ANALYZE"));

        var login = new Login("u7");
        report("originators of a member", () -> {
            int found = database.snapshot(connection -> originators
                    .read(
                            connection,
                            login,
                            originators.current(connection, login).orElseThrow())
                    .addresses()
                    .size());
            assertEquals(6, found);
            return found;
        });
        report("one account out and in again", () -> {
            database.write(tx -> memberships.remove(tx, new GroupName("big"), List.of(party("u7"))));
            return add(database, memberships, "big", "u7");
        });
        report("the large group out of one and in again", () -> {
            database.write(tx -> memberships.remove(tx, new GroupName("mid"), List.of(party("group:big"))));
            return add(database, memberships, "mid", "group:big");
        });
        report("a grant to the top", () -> {
            GrantTarget target = GrantTarget.parse("q" + System.nanoTime() + "@x.test");
            return database.write(tx -> grants.add(tx, grant("group:top", target), "measurement"));
        });
    }

    private static void fill(Database database, int accounts) {
        database.transaction(connection -> {
            Sql.update(
                    connection,
                    "INSERT INTO account (login, enabled, version) SELECT 'u' || i, true, 0"
                            + " FROM generate_series(0, ? - 1) AS i",
                    accounts);
            return Sql.update(
                    connection,
                    "INSERT INTO address (canonical, account, address, domain, is_primary, position)"
                            + " SELECT login || '@x.test', login, login || '@x.test', 'x.test', true, 0 FROM account");
        });
    }

    private static GrantBody.Checked grant(String grantee, GrantTarget target) {
        return GrantBody.Checked.unbound(party(grantee), GrantType.SEND_AS, target);
    }

    private static int add(Database database, MemberStore members, String group, String... logins) {
        return database.write(tx -> members.add(
                tx,
                new GroupName(group),
                Arrays.stream(logins)
                        .map(login -> new Candidate(party(login), "add"))
                        .toList()));
    }

    private static Party party(String text) {
        return Party.of(text).orElseThrow();
    }

    private static void report(String what, Callable<?> work) throws Exception {
        long[] micros = new long[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            long begin = System.nanoTime();
            work.call();
            micros[i] = (System.nanoTime() - begin) / 1000;
        }
        Arrays.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %.1f ms, p99 %.1f ms%n",
                what,
                micros[REPETITIONS / 2] / 1000.0,
                micros[REPETITIONS * 99 / 100] / 1000.0);
    }
}
