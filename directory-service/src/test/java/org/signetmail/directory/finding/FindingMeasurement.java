package org.signetmail.directory.finding;

import java.nio.file.Path;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.signetmail.directory.address.Skeletons;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.finding.FindingResource.FindingPage;
import org.signetmail.directory.problem.PageLimit;
import org.signetmail.local.database.LocalDatabase;

/**
 * Not a test: with {@code -DargLine=-Dsignet.measure=1000000} it shows how long each kind of finding takes in a directory
 * of so many accounts with three addresses each, one in a thousand of which has a fault of each kind.
 */
@EnabledIfSystemProperty(named = "signet.measure", matches = "[0-9]+")
class FindingMeasurement {
    @TempDir
    Path directory;

    @Test
    void measure() {
        int accounts = Integer.getInteger("signet.measure");
        try (LocalDatabase postgresql = LocalDatabase.start(directory)) {
            var dataSource = new PGSimpleDataSource();
            dataSource.setUrl(postgresql.createDatabase("directory"));
            dataSource.setUser(postgresql.user());
            Flyway.configure().dataSource(dataSource).load().migrate();
            var database = new Database(dataSource);
            fill(database, accounts);
            var linter = new FindingResource(database, new Skeletons());
            for (Kind kind : Kind.values()) {
                go(linter, kind);
            }
            go(linter, Kind.CONFUSABLE_ADDRESS);
        }
    }

    private static void fill(Database database, int accounts) {
        String[] statements = {
            "INSERT INTO domain VALUES ('a.test', 'enforce', '+', false), ('b.test', 'enforce', NULL, false)",
            "INSERT INTO account SELECT 'u' || i, NULL, i % 1000 <> 1, 0 FROM generate_series(1, ?) AS i",
            "INSERT INTO address SELECT part || i || '@' || domain, 'u' || i, part || i || '@' || domain, domain,"
                    + " position = 0, position FROM generate_series(1, ?) AS i CROSS JOIN (VALUES ('first.', 'a.test', 0),"
                    + " ('second.', 'a.test', 1), ('third.', 'b.test', 2)) AS kinds (part, domain, position)"
                    + " WHERE i % 1000 <> 2",
            "UPDATE address SET canonical = 'first.' || i - 1 || '+x@a.test' FROM generate_series(1, ?) AS i"
                    + " WHERE i % 1000 = 3 AND canonical = 'second.' || i + 1 || '@a.test'",
            "INSERT INTO account_grant (account, type, target, target_key, target_domain, granted_by)"
                    + " SELECT 'u' || i, 'send-as', target, target, 'a.test', 'x' FROM (SELECT i, CASE WHEN i % 1000 = 4"
                    + " THEN 'nobody' ELSE 'first.' END || i || '@a.test' AS target FROM generate_series(1, ?) AS i) AS g",
        };
        for (String statement : statements) {
            boolean sized = statement.contains("?");
            database.transaction(connection ->
                    sized ? Sql.update(connection, statement, accounts) : Sql.update(connection, statement));
        }
        database.transaction(connection -> Sql.update(connection, "ANALYZE"));
    }

    private static void go(FindingResource linter, Kind kind) {
        long begin = System.nanoTime();
        long slowest = 0;
        int pages = 0;
        int findings = 0;
        Optional<String> next = Optional.empty();
        do {
            long page = System.nanoTime();
            FindingPage found = linter.list(Optional.of(kind.text()), next, new PageLimit(1000));
            slowest = Math.max(slowest, System.nanoTime() - page);
            pages++;
            findings += found.findings().size();
            next = found.next();
        } while (next.isPresent());
        System.out.printf(
                "%s: %d findings, %d pages, %d ms, slowest page %d ms%n",
                kind.text(), findings, pages, (System.nanoTime() - begin) / 1_000_000, slowest / 1_000_000);
    }
}
