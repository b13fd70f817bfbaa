package org.signetmail.edge.mx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.mx.Dns.Unavailable;
import org.signetmail.edge.mx.MailHosts.None;
import org.xbill.DNS.Type;

/** What the DNS says, by a server that speaks it, and what follows for mail. */
class MxLookupTest {
    private static final String DIGEST = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private FakeDns dns;

    @BeforeEach
    void startDns() throws IOException {
        dns = new FakeDns();
    }

    @AfterEach
    void stopDns() {
        dns.close();
    }

    private MxLookup lookup(boolean validating) {
        var resolver = new ResolverDns(List.of(dns.address()), validating, Duration.ofMillis(500));
        return new MxLookup(resolver, "Mail.example.test", 25, new Random());
    }

    private MailHosts lookUp(String domain) throws Exception {
        return lookup(true).of(domain);
    }

    private List<String> names(String domain) throws Exception {
        return lookUp(domain).hosts().stream().map(MailHost::name).toList();
    }

    @Test
    void byPreferenceAndEqualOnesByLot() throws Exception {
        dns.add("a.test", Type.MX, "20 third.test.")
                .add("a.test", Type.MX, "10 One.test.")
                .add("a.test", Type.MX, "10 two.test.")
                .host("one.test", "192.0.2.1")
                .host("two.test", "192.0.2.2")
                .add("two.test", Type.AAAA, "2001:db8::2")
                .host("third.test", "192.0.2.3");
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            orders.add(names("a.test"));
        }
        assertEquals(
                Set.of(List.of("one.test", "two.test", "third.test"), List.of("two.test", "one.test", "third.test")),
                orders);
        MailHosts hosts = lookUp("a.test");
        assertEquals(Duration.ofSeconds(300), hosts.ttl());
        assertEquals(
                List.of("2001:db8:0:0:0:0:0:2", "192.0.2.2"),
                hosts.hosts().stream()
                        .filter(host -> host.name().equals("two.test"))
                        .flatMap(host -> host.addresses().stream())
                        .map(address -> address.getHostAddress())
                        .toList());
    }

    @Test
    void withoutMxTheDomainIsItsOwnHost() throws Exception {
        dns.host("b.test", "192.0.2.1");
        assertEquals(List.of("b.test"), names("b.test"));
    }

    @Test
    void aliasesAreFollowed() throws Exception {
        dns.add("alias.test", Type.CNAME, "c.test.")
                .add("c.test", Type.MX, "10 mx-alias.test.")
                .add("mx-alias.test", Type.CNAME, "real.test.")
                .host("real.test", "192.0.2.1");
        assertEquals(List.of("mx-alias.test"), names("alias.test"));
        dns.add("round.test", Type.CNAME, "about.test.").add("about.test", Type.CNAME, "nowhere.test.");
        assertEquals(
                "5.1.2", assertThrows(None.class, () -> lookUp("round.test")).status());
    }

    @Test
    void whatWillNeverTakeMailIsToldAtOnce() {
        dns.add("null.test", Type.MX, "0 .")
                .add("empty.test", Type.TXT, "x")
                .add("dangling.test", Type.MX, "10 gone.test.")
                .add("ours.test", Type.MX, "10 mail.example.test.")
                .add("ours.test", Type.MX, "20 other.test.");
        assertEquals(
                "5.1.10", assertThrows(None.class, () -> lookUp("null.test")).status());
        assertEquals(
                "5.4.4", assertThrows(None.class, () -> lookUp("empty.test")).status());
        assertEquals(
                "5.4.4", assertThrows(None.class, () -> lookUp("dangling.test")).status());
        assertEquals(
                "5.1.2", assertThrows(None.class, () -> lookUp("absent.test")).status());
        assertEquals(
                "5.1.2",
                assertThrows(None.class, () -> lookUp("x".repeat(64) + ".test")).status());
        assertEquals(
                "5.4.6", assertThrows(None.class, () -> lookUp("ours.test")).status());
    }

    /** RFC 5321 5.1 */
    @Test
    void aBackupHostSendsToThoseThatAreCloserOnly() throws Exception {
        dns.add("d.test", Type.MX, "5 main.test.")
                .add("d.test", Type.MX, "10 mail.example.test.")
                .add("d.test", Type.MX, "10 beside.test.")
                .host("main.test", "192.0.2.1")
                .host("beside.test", "192.0.2.2");
        assertEquals(List.of("main.test"), names("d.test"));
    }

    @Test
    void whatMayBeOtherwiseLaterIsNoFailure() throws Exception {
        dns.failing.addAll(Set.of("down.test", "unknown.test"));
        assertThrows(Unavailable.class, () -> lookUp("down.test"));
        dns.add("e.test", Type.MX, "10 unknown.test.").add("e.test", Type.MX, "20 known.test.");
        assertThrows(Unavailable.class, () -> lookUp("e.test"));
        dns.host("known.test", "192.0.2.1");
        assertEquals(List.of("known.test"), names("e.test"));
        dns.close();
        assertThrows(Unavailable.class, () -> lookUp("e.test"));
    }

    @Test
    void aLongAnswerComesOverTcp() throws Exception {
        dns.longAnswers.add("f.test");
        for (int i = 0; i < 40; i++) {
            dns.add("f.test", Type.MX, i + " host-number-" + i + ".example.test.")
                    .host("host-number-" + i + ".example.test", "192.0.2." + i);
        }
        List<String> names = names("f.test");
        assertEquals(10, names.size());
        assertEquals("host-number-0.example.test", names.getFirst());
        assertEquals(1, dns.overTcp.get());
    }

    private void daneAt(String host) {
        dns.add("g.test", Type.MX, "10 " + host + ".")
                .host(host, "192.0.2.1")
                .add("_25._tcp." + host, Type.TLSA, "3 1 1 " + DIGEST);
    }

    @Test
    void tlsaCountsWhenAllOnTheWayIsSigned() throws Exception {
        daneAt("mx.test");
        Set<String> way = Set.of("g.test", "mx.test", "_25._tcp.mx.test");
        dns.signed.addAll(way);
        assertTrue(lookUp("g.test").hosts().getFirst().dane().orElseThrow().authenticates());
        assertTrue(lookUp("g.test").hosts().getFirst().secure());
        assertTrue(lookup(false).of("g.test").hosts().getFirst().dane().isEmpty(), "AD of whoever is no proof");
        for (String unsigned : way) {
            dns.signed.remove(unsigned);
            assertTrue(lookUp("g.test").hosts().getFirst().dane().isEmpty(), unsigned);
            dns.signed.add(unsigned);
        }
    }

    /** RFC 7672 2.1: who suppresses the TLSA answer does not get the mail in clear. */
    @Test
    void aHostWhoseTlsaCannotBeHadIsWaitedFor() {
        daneAt("mx.test");
        dns.signed.addAll(Set.of("g.test", "mx.test"));
        dns.failing.add("_25._tcp.mx.test");
        assertThrows(Unavailable.class, () -> lookUp("g.test"));
    }

    @Test
    void unusableTlsaWantsTlsOnly() throws Exception {
        dns.add("h.test", Type.MX, "10 mx.test.")
                .host("mx.test", "192.0.2.1")
                .add("_25._tcp.mx.test", Type.TLSA, "1 1 1 " + DIGEST);
        dns.signed.addAll(Set.of("h.test", "mx.test", "_25._tcp.mx.test"));
        assertFalse(lookUp("h.test").hosts().getFirst().dane().orElseThrow().authenticates());
    }
}
