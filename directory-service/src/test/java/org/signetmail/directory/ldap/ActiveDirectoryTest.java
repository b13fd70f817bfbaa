package org.signetmail.directory.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.directory.ldap.Synchronisation.Report;
import org.signetmail.directory.ldap.Synchroniser.Request;

/** A real OpenLDAP with the classes and attributes of Active Directory and Exchange, and changes that have numbers. */
class ActiveDirectoryTest {
    private static final String STAFF = "ou=staff," + Slapd.BASE;
    private static final String FORMER = "ou=former," + Slapd.BASE;
    private static final String SETTINGS = "cn=NTDS Settings," + Slapd.BASE;

    @TempDir
    static Path directory;

    private static Slapd slapd;
    private static Workbench bench;

    private int usn;
    private Synchroniser synchroniser;

    @BeforeAll
    static void start() throws Exception {
        slapd = Slapd.start(directory.resolve("slapd"));
        bench = new Workbench(directory.resolve("postgresql"));
        slapd.change("dn: " + Slapd.BASE + "\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: E\n\n");
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
    void peopleAndGroups() throws Exception {
        bench.clear();
        slapd.deletePeople();
        usn = 1000;
        slapd.change(unit("staff") + unit("former")
                + "dn: " + SETTINGS + "\nobjectClass: nTDSDSA\ncn: NTDS Settings\ninvocationId:: " + guid("server")
                + "\n\n"
                + user(
                        "alice",
                        "mail: alice@corp.test\nproxyAddresses: smtp:a.smith@corp.test\n"
                                + "proxyAddresses: SMTP:alice@corp.test\nproxyAddresses: X500:/o=Corp/cn=alice\n"
                                + "proxyAddresses: sip:alice@corp.test\nuserAccountControl: 512\n")
                + user("bob", "mail: bob@corp.test\nuserAccountControl: 66048\n")
                + user("left", "mail: left@corp.test\nuserAccountControl: 514\n")
                + user(
                        "sales",
                        "proxyAddresses: SMTP:sales@corp.test\nuserAccountControl: 514\n"
                                + "publicDelegates: cn=all sales," + STAFF + "\n")
                + group("all sales", "mail: all-sales@corp.test\nmember: cn=north," + STAFF + "\n")
                + group("north", "member: cn=alice," + STAFF + "\n"));
        committed();
        synchroniser = bench.synchroniser(
                bench.config(slapd.url(), Map.of("signet.ldap.page-size", "3", "signet.ldap.withdrawal-limit", "50")));
        assertEquals(4, synchroniser.run(Request.SCHEDULED).report().created());
    }

    @Test
    void peopleAreReadAsExchangeHasThem() {
        assertEquals(List.of("alice@corp.test", "a.smith@corp.test"), bench.addresses("alice"));
        assertTrue(bench.account("alice").orElseThrow().enabled());
        assertTrue(bench.account("bob").orElseThrow().enabled());
        assertFalse(bench.account("left").orElseThrow().enabled());
        assertEquals(List.of("sales@corp.test"), bench.addresses("sales"));
        assertEquals(
                Optional.of("alice of Corp"),
                bench.account("alice").orElseThrow().displayName());
    }

    @Test
    void groupsInGroupsMayWhatTheGroupMay() throws Exception {
        assertEquals(List.of("send-on-behalf account:sales"), bench.grantsTo("alice"));
        assertEquals(List.of(), bench.grantsTo("bob"));
        changed("dn: cn=north," + STAFF, "replace: member\nmember: cn=bob," + STAFF + "\n");
        Report report = changes(1);
        assertEquals(1, report.grantsGiven());
        assertEquals(1, report.grantsWithdrawn());
        assertEquals(List.of("send-on-behalf account:sales"), bench.grantsTo("bob"));
        assertEquals(List.of(), bench.grantsTo("alice"));
    }

    @Test
    void whoIsDisabledIsSoAtOnce() throws Exception {
        changed("dn: cn=bob," + STAFF, "replace: userAccountControl\nuserAccountControl: 66050\n");
        assertEquals(1, changes(1).changed());
        assertFalse(bench.account("bob").orElseThrow().enabled());
    }

    @Test
    void whoHasNoAddressAnyMoreIsNoAccount() throws Exception {
        changed("dn: cn=bob," + STAFF, "delete: mail\n");
        Report report = changes(0);
        assertEquals(1, report.deleted());
        assertEquals(1, report.addressesWithdrawn());
        assertTrue(bench.account("bob").isEmpty());
        changed("dn: cn=bob," + STAFF, "add: mail\nmail: bob@corp.test\n");
        assertEquals(1, changes(1).created());
    }

    /** Active Directory has the group name the new place, and counts that as no change of the group. */
    @Test
    void whoIsMovedKeepsAccountAndGrants() throws Exception {
        slapd.change("dn: cn=alice," + STAFF + "\nchangetype: modrdn\nnewrdn: cn=alice\ndeleteoldrdn: 1\nnewsuperior: "
                + FORMER + "\n\n" + "dn: cn=north," + STAFF + "\nchangetype: modify\nreplace: member\nmember: cn=alice,"
                + FORMER + "\n\n");
        changed("dn: cn=alice," + FORMER, "add: proxyAddresses\nproxyAddresses: smtp:al@corp.test\n");
        Report report = changes(1);
        assertEquals(0, report.grantsGiven() + report.grantsWithdrawn());
        assertEquals(List.of("alice@corp.test", "a.smith@corp.test", "al@corp.test"), bench.addresses("alice"));
        assertEquals(List.of("send-on-behalf account:sales"), bench.grantsTo("alice"));
        Report all = synchroniser.run(Workbench.everything()).report();
        assertEquals(0, all.changed() + all.grantsGiven() + all.grantsWithdrawn());
    }

    @Test
    void whoIsDeletedIsFoundByASweep() throws Exception {
        slapd.change("dn: cn=bob," + STAFF + "\nchangetype: delete\n\n");
        assertEquals(0, changes(0).deleted());
        assertEquals(1, synchroniser.run(Workbench.everything()).report().deleted());
        assertTrue(bench.account("bob").isEmpty());
    }

    /** Another server, or one that was restored, has an invocationId of its own. */
    @Test
    void aRestoredServerIsReadAnew() throws Exception {
        slapd.change("dn: " + SETTINGS + "\nchangetype: modify\nreplace: invocationId\ninvocationId:: "
                + guid("restored") + "\n\n");
        assertTrue(synchroniser.run(Request.SCHEDULED).report().everything());
    }

    /** What the next reading makes of changes, which finds that many accounts and groups. */
    private Report changes(int entries) throws Exception {
        committed();
        Report report = synchroniser.run(Request.SCHEDULED).report();
        assertFalse(report.everything());
        assertEquals(entries, report.entries());
        return report;
    }

    private void changed(String dn, String change) throws Exception {
        slapd.change(dn + "\nchangetype: modify\n" + change + "-\nreplace: uSNChanged\nuSNChanged: " + ++usn + "\n\n");
    }

    private void committed() throws Exception {
        slapd.rootDse("highestCommittedUSN: " + usn + "\ndsServiceName: " + SETTINGS + "\n");
    }

    private static String unit(String name) {
        return "dn: ou=" + name + "," + Slapd.BASE + "\nobjectClass: organizationalUnit\nou: " + name + "\n\n";
    }

    private String user(String name, String attributes) {
        return object("user", name, "sAMAccountName: " + name + "\ndisplayName: " + name + " of Corp\n" + attributes);
    }

    private String group(String name, String attributes) {
        return object("group", name, attributes);
    }

    private String object(String type, String name, String attributes) {
        return "dn: cn=" + name + "," + STAFF + "\nobjectClass: " + type + "\ncn: " + name + "\nobjectGUID:: "
                + guid(name) + "\nuSNChanged: " + ++usn + "\n" + attributes + "\n";
    }

    /** Sixteen octets, some of which are no text. */
    private static String guid(String name) {
        byte[] octets = new byte[16];
        octets[0] = (byte) 0xff;
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, octets, 1, text.length);
        return Base64.getEncoder().encodeToString(octets);
    }
}
