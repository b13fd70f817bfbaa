package org.signetmail.directory.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.directory.ldap.Synchronisation.Report;
import org.signetmail.directory.ldap.Synchronisation.State;
import org.signetmail.directory.ldap.Synchroniser.Request;

/** A real OpenLDAP with people by the thousand: what changes is found among them, and a server that vanishes loses nothing. */
class LargeDirectoryTest {
    private static final int PEOPLE = 10_000;
    private static final int PAGE = 500;
    private static final Company COMPANY = new Company(PEOPLE);
    /** Bind, and two for the root DSE; then the searches begin. */
    private static final int REQUESTS_BEFORE = 2;
    /** It takes a hundredth of that; what is read or written for each of the people takes more. */
    private static final long MILLISECONDS_FOR_ONE = 5000;

    @TempDir
    static Path directory;

    private static Slapd slapd;
    private static Workbench bench;
    private static Synchroniser synchroniser;

    @BeforeAll
    static void firstSynchronisation() throws Exception {
        slapd = Slapd.start(directory.resolve("slapd"));
        slapd.load(COMPANY.write(directory.resolve("entries.ldif")));
        bench = new Workbench(directory.resolve("postgresql"));
        synchroniser = synchroniser(slapd.url());
        Report first = synchroniser.run(Request.SCHEDULED).report();
        assertEquals(PEOPLE, first.created());
        assertEquals(COMPANY.grants(), first.grantsGiven());
    }

    @AfterAll
    static void stop() {
        if (slapd != null) {
            slapd.close();
        }
        if (bench != null) {
            bench.close();
        }
    }

    @Test
    void oneChangeIsFoundAmongThousands() throws Exception {
        slapd.change(COMPANY.alias(7, "seven@ldap.test") + COMPANY.delegate(7, 4321));
        long begin = System.nanoTime();
        Report report = synchroniser.run(Request.SCHEDULED).report();
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertFalse(report.everything());
        assertTrue(report.entries() < 10, report::toString);
        assertEquals(1, report.changed());
        assertEquals(1, report.grantsGiven());
        assertEquals(
                List.of(COMPANY.address(7), "seven@ldap.test", COMPANY.secondAddress(7)),
                bench.addresses(COMPANY.login(7)));
        assertTrue(millis < MILLISECONDS_FOR_ONE, () -> millis + " ms");
    }

    @Test
    void aServerThatVanishesBetweenTwoPagesLosesNothing() throws Exception {
        int inTheMiddle = REQUESTS_BEFORE + PEOPLE / PAGE / 2;
        slapd.change(COMPANY.alias(8, "eight@ldap.test"));
        try (var relay = new Relay(slapd.port(), inTheMiddle, slapd::kill)) {
            Synchronisation lost = synchroniser(relay.url()).run(Workbench.everything());
            assertEquals(State.FAILED, lost.state());
            assertTrue(lost.report().error().isPresent());
            assertEquals(0, lost.report().entries());
        }
        assertEquals(State.FAILED, synchroniser.run(Request.SCHEDULED).state());
        assertEquals(List.of(COMPANY.address(8), COMPANY.secondAddress(8)), bench.addresses(COMPANY.login(8)));
        slapd.start();
        slapd.change(COMPANY.alias(9, "nine@ldap.test"));
        Report back = synchroniser.run(Request.SCHEDULED).report();
        assertFalse(back.everything());
        assertEquals(2, back.changed());
        assertEquals(0, back.addressesWithdrawn());
        Report all = synchroniser.run(Workbench.everything()).report();
        assertTrue(all.entries() > PEOPLE);
        assertEquals(0, all.created() + all.changed() + all.deleted() + all.grantsGiven() + all.grantsWithdrawn());
    }

    private static Synchroniser synchroniser(String url) {
        return bench.synchroniser(bench.config(url, Map.of("signet.ldap.page-size", Integer.toString(PAGE))));
    }
}
