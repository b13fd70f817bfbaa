package org.signetmail.directory.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.directory.ldap.Workbench.everything;
import static org.signetmail.directory.ldap.Workbench.password;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.ldap.Synchronisation.Report;
import org.signetmail.directory.ldap.Synchronisation.State;
import org.signetmail.directory.ldap.Synchroniser.Request;
import org.signetmail.directory.problem.Refused;

/** A real OpenLDAP with what Active Directory calls things. */
class OpenLdapTest {
    private static final String PEOPLE = "ou=people," + Slapd.BASE;

    @TempDir
    static Path directory;

    private static Slapd slapd;
    private static Workbench bench;
    private DirectoryConfig config;
    private Synchroniser synchroniser;

    @BeforeAll
    static void start() throws Exception {
        slapd = Slapd.start(directory.resolve("slapd"));
        bench = new Workbench(directory.resolve("postgresql"));
        slapd.change("""
                dn: %1$s
                objectClass: dcObject
                objectClass: organization
                dc: example
                o: Example

                """.formatted(Slapd.BASE));
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

    @BeforeEach
    void threePeopleAndAGroup() throws Exception {
        bench.clear();
        slapd.deletePeople();
        slapd.change("dn: " + PEOPLE + "\nobjectClass: organizationalUnit\nou: people\n\n"
                + person(
                        "alice",
                        "mail: alice@ldap.test\nproxyAddresses: SMTP:alice@ldap.test\n"
                                + "proxyAddresses: smtp:a.smith@ldap.test\nproxyAddresses: X500:/o=Example/cn=alice\n")
                + person("bob", "mail: bob@ldap.test\n")
                + person("support", "mail: support@ldap.test\npublicDelegates: cn=helpers," + PEOPLE + "\n")
                + "dn: cn=helpers," + PEOPLE + "\nobjectClass: groupOfNames\ncn: helpers\nmember: uid=bob," + PEOPLE
                + "\n\n");
        config = bench.config(slapd.url(), Map.of("signet.ldap.page-size", "2", "signet.ldap.withdrawal-limit", "60"));
        synchroniser = bench.synchroniser(config);
    }

    @Test
    void accountsAddressesAndDelegatesAreRead() {
        Report report = synchroniser.run(Request.SCHEDULED).report();
        assertTrue(report.everything());
        assertEquals(3, report.created());
        assertEquals(1, report.grantsGiven());
        assertEquals(List.of("alice@ldap.test", "a.smith@ldap.test"), bench.addresses("alice"));
        assertTrue(bench.account("alice").orElseThrow().addresses().getFirst().primary());
        assertEquals(Optional.of("bob"), bench.account("bob").orElseThrow().displayName());
        assertEquals(List.of("send-on-behalf account:support"), bench.grantsTo("bob"));
    }

    @Test
    void aChangedEntryIsReadByItself() throws Exception {
        assertEquals(State.DONE, synchroniser.run(Request.SCHEDULED).state());
        slapd.change(modify(
                "bob",
                "add: proxyAddresses\nproxyAddresses: smtp:robert@ldap.test\n-\n"
                        + "add: userAccountControl\nuserAccountControl: 514\n"));
        Synchronisation second = synchroniser.run(Request.SCHEDULED);
        assertFalse(second.report().everything());
        assertEquals(1, second.report().changed());
        assertEquals(List.of("bob@ldap.test", "robert@ldap.test"), bench.addresses("bob"));
        assertFalse(bench.account("bob").orElseThrow().enabled());
        assertEquals("", synchroniser.run(Request.SCHEDULED).id(), "nothing to record");
    }

    @Test
    void whatChangedDoesNotWaitForTheSweepThatIsDue() throws Exception {
        Synchroniser sweeping =
                bench.synchroniser(bench.config(slapd.url(), Map.of("signet.ldap.sweep-interval", "0s")));
        assertEquals(3, sweeping.run(Request.SCHEDULED).report().created());
        slapd.change(modify("bob", "add: proxyAddresses\nproxyAddresses: smtp:robert@ldap.test\n"));
        Report sweep = sweeping.run(Request.SCHEDULED).report();
        assertTrue(sweep.everything());
        assertEquals(0, sweep.changed(), "what changed was written before everything was read");
        assertEquals(List.of("bob@ldap.test", "robert@ldap.test"), bench.addresses("bob"));
    }

    @Test
    void grantsThatWereNotGivenAnyMoreAreGivenTheNextTime() {
        assertEquals(1, synchroniser.run(Request.SCHEDULED).report().grantsGiven());
        bench.withdrawAllGrants();
        assertEquals(0, synchroniser.run(Request.SCHEDULED).report().grantsGiven(), "no name changed");
        assertEquals(1, bench.database.transaction(bench.entries::oweGrants));
        assertEquals(1, synchroniser.run(Request.SCHEDULED).report().grantsGiven());
        bench.withdrawAllGrants();
        assertEquals(
                1, synchroniser.run(everything()).report().grantsGiven(), "a sweep puts right what was changed here");
    }

    @Test
    void membersOfNestedGroupsMayWhatTheGroupMay() throws Exception {
        assertEquals(1, synchroniser.run(Request.SCHEDULED).report().grantsGiven());
        // In a circle, too.
        slapd.change("dn: cn=inner," + PEOPLE + "\nobjectClass: groupOfNames\ncn: inner\nmember: uid=alice," + PEOPLE
                + "\nmember: cn=helpers," + PEOPLE + "\n\n"
                + "dn: cn=helpers," + PEOPLE + "\nchangetype: modify\nreplace: member\nmember: cn=inner," + PEOPLE
                + "\n\n");
        Report report = synchroniser.run(Request.SCHEDULED).report();
        assertEquals(1, report.grantsGiven());
        assertEquals(1, report.grantsWithdrawn());
        assertEquals(List.of("send-on-behalf account:support"), bench.grantsTo("alice"));
        assertEquals(List.of(), bench.grantsTo("bob"));
    }

    @Test
    void aSweepFindsWhatIsGoneAndPutsRightWhatWasChangedHere() throws Exception {
        assertEquals(3, synchroniser.run(Request.SCHEDULED).report().created());
        bench.put("by-hand", "by-hand@ldap.test");
        slapd.change("dn: uid=support," + PEOPLE + "\nchangetype: delete\n\n");
        assertEquals(0, synchroniser.run(Request.SCHEDULED).report().deleted());
        bench.put("bob", "elsewhere@ldap.test");
        Report report = synchroniser.run(everything()).report();
        assertEquals(1, report.deleted());
        assertEquals(1, report.changed());
        assertTrue(bench.account("support").isEmpty());
        assertEquals(List.of(), bench.grantsTo("bob"));
        assertEquals(List.of("bob@ldap.test"), bench.addresses("bob"));
        assertEquals(List.of("by-hand@ldap.test"), bench.addresses("by-hand"));
    }

    @Test
    void anAddressMovesAndARenamedEntryKeepsItsAccount() throws Exception {
        assertEquals(3, synchroniser.run(Request.SCHEDULED).report().created());
        slapd.change(modify("alice", "delete: proxyAddresses\nproxyAddresses: smtp:a.smith@ldap.test\n")
                + modify("bob", "add: proxyAddresses\nproxyAddresses: smtp:a.smith@ldap.test\n")
                + "dn: uid=bob," + PEOPLE + "\nchangetype: modrdn\nnewrdn: cn=bob\ndeleteoldrdn: 0\n\n");
        Report report = synchroniser.run(everything()).report();
        assertEquals(2, report.changed(), report.toString());
        assertEquals(0, report.deleted());
        assertEquals(List.of(), report.faults());
        assertEquals(List.of("bob@ldap.test", "a.smith@ldap.test"), bench.addresses("bob"));
        // The group names an entry that is there no more.
        assertEquals(List.of(), bench.grantsTo("bob"));
    }

    @Test
    void whatAnAdministratorMadeByHandIsLeftAlone() {
        bench.put("alice", "alice@by-hand.test");
        bench.put("other", "bob@ldap.test");
        Report report = synchroniser.run(Request.SCHEDULED).report();
        assertEquals(
                1,
                report.entries() - report.faults().size() - 1,
                report.faults().toString());
        assertEquals(List.of("alice@by-hand.test"), bench.addresses("alice"));
        assertEquals(List.of("bob@ldap.test"), bench.addresses("other"));
        assertTrue(bench.account("bob").isEmpty());
        var adopting =
                bench.config(slapd.url(), Map.of("signet.ldap.adopt", "true", "signet.ldap.withdrawal-limit", "100"));
        assertEquals(State.DONE, bench.synchroniser(adopting).run(everything()).state());
        assertEquals(List.of("alice@ldap.test", "a.smith@ldap.test"), bench.addresses("alice"));
    }

    @Test
    void passwordsAreCheckedByBind() throws Exception {
        assertEquals(3, synchroniser.run(Request.SCHEDULED).report().created());
        bench.put("by-hand");
        BindPasswords passwords = bench.passwords(config);
        try {
            assertEquals(Optional.of(true), passwords.matches(new Login("alice"), password("alice-password")));
            assertEquals(Optional.of(false), passwords.matches(new Login("alice"), password("bob-password")));
            // RFC 4513 section 5.1.2: without a password the bind would succeed as nobody's.
            assertEquals(Optional.of(false), passwords.matches(new Login("alice"), password("")));
            assertEquals(Optional.empty(), passwords.matches(new Login("by-hand"), password("any")));
            slapd.stop();
            Refused away = assertThrows(
                    Refused.class, () -> passwords.matches(new Login("alice"), password("alice-password")));
            assertEquals(503, away.status());
        } finally {
            passwords.close();
            slapd.stop();
            slapd.start();
        }
    }

    @Test
    void aServerThatIsAwayChangesNothing() throws Exception {
        assertEquals(3, synchroniser.run(Request.SCHEDULED).report().created());
        slapd.stop();
        try {
            Synchronisation away = synchroniser.run(everything());
            assertEquals(State.FAILED, away.state());
            assertTrue(away.report().error().isPresent());
            assertEquals(away.id(), synchroniser.run(Request.SCHEDULED).id(), "one record for a failure that lasts");
        } finally {
            slapd.start();
        }
        assertTrue(bench.account("alice").isPresent());
        assertEquals(State.DONE, synchroniser.run(everything()).state());
    }

    private static String person(String uid, String attributes) {
        return "dn: uid=" + uid + "," + PEOPLE + "\nobjectClass: inetOrgPerson\nobjectClass: mailUser\nuid: " + uid
                + "\ncn: " + uid + "\nsn: " + uid + "\nuserPassword: " + uid + "-password\n" + attributes + "\n";
    }

    private static String modify(String uid, String change) {
        return "dn: uid=" + uid + "," + PEOPLE + "\nchangetype: modify\n" + change + "\n";
    }
}
