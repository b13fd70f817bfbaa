package org.signetmail.directory.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.directory.ldap.Synchronisation.Report;
import org.signetmail.directory.ldap.Synchroniser.Request;

/**
 * Not a test: with {@code -DargLine=-Dsignet.measure=100000} it shows how long the first synchronisation of so many
 * entries of a real OpenLDAP takes, a sweep that finds nothing, and changes of one entry.
 */
@EnabledIfSystemProperty(named = "signet.measure", matches = "[0-9]+")
class FirstSyncMeasurement {
    @TempDir
    Path directory;

    @Test
    void measure() throws Exception {
        int entries = Integer.getInteger("signet.measure");
        var company = new Company(entries);
        try (Slapd slapd = Slapd.start(directory.resolve("slapd"));
                Workbench bench = new Workbench(directory.resolve("postgresql"))) {
            slapd.load(company.write(directory.resolve("entries.ldif")));
            Synchroniser synchroniser = bench.synchroniser(bench.config(slapd.url(), Map.of()));
            Report first = timed("first synchronisation", synchroniser, Request.SCHEDULED);
            assertEquals(entries, first.created());
            assertEquals(company.grants(), first.grantsGiven());
            assertEquals(0, timed("sweep", synchroniser, Workbench.everything()).changed());
            for (int i = 0; i < 5; i++) {
                timed("nothing changed", synchroniser, Request.SCHEDULED);
                slapd.change(company.alias(i, "alias" + i + "@ldap.test"));
                assertEquals(
                        1,
                        timed("an address more", synchroniser, Request.SCHEDULED)
                                .changed());
                assertEquals(
                        List.of(company.address(i), "alias" + i + "@ldap.test", company.secondAddress(i)),
                        bench.addresses(company.login(i)));
                slapd.change(company.delegate(i, entries - 1 - i));
                assertEquals(
                        1,
                        timed("a delegate more", synchroniser, Request.SCHEDULED)
                                .grantsGiven());
            }
        }
    }

    private static Report timed(String what, Synchroniser synchroniser, Request request) {
        long begin = System.nanoTime();
        Report report = synchroniser.run(request).report();
        System.out.printf("%s: %d entries, %d ms%n", what, report.entries(), (System.nanoTime() - begin) / 1_000_000);
        return report;
    }
}
