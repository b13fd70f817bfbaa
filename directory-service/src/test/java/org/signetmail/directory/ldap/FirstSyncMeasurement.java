package org.signetmail.directory.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
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
 * entries of a real OpenLDAP takes, a sweep that finds nothing, and a change of one entry.
 */
@EnabledIfSystemProperty(named = "signet.measure", matches = "[0-9]+")
class FirstSyncMeasurement {
    @TempDir
    Path directory;

    @Test
    void measure() throws Exception {
        int entries = Integer.getInteger("signet.measure");
        Path ldif = directory.resolve("entries.ldif");
        try (var out = Files.newBufferedWriter(ldif)) {
            out.write(
                    "dn: " + Slapd.BASE + "\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: E\n\n");
            for (int i = 0; i < entries; i++) {
                out.write(
                        "dn: uid=u%1$d,%2$s\nobjectClass: inetOrgPerson\nobjectClass: mailUser\nuid: u%1$d\ncn: User %1$d\nsn: %1$d\nmail: u%1$d@ldap.test\nproxyAddresses: SMTP:u%1$d@ldap.test\nproxyAddresses: smtp:user.%1$d@ldap.test\n\n"
                                .formatted(i, Slapd.BASE));
            }
        }
        try (Slapd slapd = Slapd.start(directory.resolve("slapd"));
                Workbench bench = new Workbench(directory.resolve("postgresql"))) {
            slapd.load(ldif);
            Synchroniser synchroniser = bench.synchroniser(bench.config(slapd.url(), Map.of()));
            assertEquals(
                    entries,
                    timed("first synchronisation", synchroniser, Request.SCHEDULED)
                            .created());
            assertEquals(0, timed("sweep", synchroniser, Workbench.everything()).changed());
            timed("nothing changed", synchroniser, Request.SCHEDULED);
            slapd.change("dn: uid=u1," + Slapd.BASE
                    + "\nchangetype: modify\nadd: proxyAddresses\nproxyAddresses: smtp:one@ldap.test\n\n");
            assertEquals(
                    1,
                    timed("one entry changed", synchroniser, Request.SCHEDULED).changed());
            assertEquals(List.of("u1@ldap.test", "one@ldap.test", "user.1@ldap.test"), bench.addresses("u1"));
        }
    }

    private static Report timed(String what, Synchroniser synchroniser, Request request) {
        long begin = System.nanoTime();
        Report report = synchroniser.run(request).report();
        System.out.printf("%s: %d entries, %d ms%n", what, report.entries(), (System.nanoTime() - begin) / 1_000_000);
        return report;
    }
}
