package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.edge.relay.RelayFixture.message;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.event.DeliveryParameters;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.mx.FakeDns;
import org.signetmail.edge.mx.PolicyServer;
import org.signetmail.edge.mx.TestAuthority;
import org.signetmail.local.process.Ports;
import org.xbill.DNS.Type;

/** To the hosts that a domain has, by DNS, HTTPS, TLS and SMTP servers that are all real. */
class MxDeliveryTest {
    private static final String BOB = "bob@a.test";
    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(20), Duration.ofMillis(100));

    private static TestAuthority authority;
    private static SSLContext first;
    private static SSLContext stranger;
    private static SSLContext web;

    private FakeDns dns;
    private FakeNextHop one;
    private FakeNextHop two;
    private PolicyServer policies;
    private Destinations destinations;

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) throws Exception {
        authority = new TestAuthority(directory);
        first = authority.serverOf("mx1.a.test");
        stranger = authority.serverOf("stranger.test");
        web = authority.serverOf("mta-sts.a.test");
    }

    @BeforeEach
    void start() throws Exception {
        int port = Ports.free();
        one = FakeNextHop.smtp(InetAddress.ofLiteral("127.0.0.1"), port);
        two = FakeNextHop.smtp(InetAddress.ofLiteral("127.0.0.2"), port);
        policies = new PolicyServer(web);
        dns = new FakeDns()
                .add("a.test", Type.MX, "10 mx1.a.test.")
                .add("a.test", Type.MX, "20 mx2.a.test.")
                .host("mx1.a.test", "127.0.0.1")
                .host("mx2.a.test", "127.0.0.2");
        destinations = destinations(port, Map.of());
    }

    private Destinations destinations(int port, Map<String, String> more) throws Exception {
        var settings = new HashMap<>(Map.of(
                "signet.relay.next-hop",
                "mx:*",
                "signet.relay.mx.port",
                Integer.toString(port),
                "signet.relay.mx.policy-port",
                Integer.toString(policies.port()),
                "signet.relay.mx.resolvers",
                "127.0.0.1:" + dns.address().getPort(),
                "signet.relay.mx.timeout",
                "2s",
                "signet.relay.mx.dnssec",
                "true"));
        settings.putAll(more);
        RelayConfig config = RelayFixture.config(settings);
        var trust = Optional.of(authority.trust());
        return new Destinations(
                Route.of(config, trust),
                BACK_OFF,
                Duration.ofSeconds(5),
                Signing.NONE,
                Optional.of(MxParts.of(config, trust, Clock.systemUTC())));
    }

    @AfterEach
    void stop() {
        destinations.close();
        policies.close();
        dns.close();
        one.close();
        two.close();
    }

    private Answers deliver(OutboundMessage message) throws HopTrouble {
        var answers = new Answers(message.recipients());
        destinations.of(message.recipients().getFirst()).deliver(message, answers);
        return answers;
    }

    private Answers deliver() throws HopTrouble {
        return deliver(message("x\r\n", BOB));
    }

    private static OutboundMessage requiringTls() {
        return RelayFixture.asking(
                message("x\r\n", BOB),
                new DeliveryParameters(Optional.empty(), Optional.empty(), Map.of(), true, Optional.empty()));
    }

    private void publish(String mode, String... names) {
        dns.remove("_mta-sts.a.test");
        dns.add("_mta-sts.a.test", Type.TXT, "\"v=STSv1; id=" + mode + names.length + ";\"");
        policies.policy = "version: STSv1\r\nmode: " + mode + "\r\nmx: " + String.join("\r\nmx: ", names)
                + "\r\nmax_age: 86400\r\n";
    }

    private void pin(String data) {
        dns.remove(tlsa());
        dns.add(tlsa(), Type.TLSA, data);
        dns.signed.addAll(Set.of("a.test", "mx1.a.test", tlsa()));
    }

    private String tlsa() {
        return "_" + one.uri().substring(one.uri().lastIndexOf(':') + 1) + "._tcp.mx1.a.test";
    }

    @Test
    void theNearestHostFirstAndTheNextOneWhenItIsAway() throws Exception {
        deliver();
        assertEquals(List.of(1, 0), List.of(one.received.size(), two.received.size()));
        one.disappear();
        deliver();
        assertEquals(1, two.received.size());
        two.disappear();
        assertThrows(HopTrouble.class, this::deliver);
        one.listen();
        two.listen();
    }

    @Test
    void eachDomainIsADestinationOfItsOwnWhileThereIsMailForIt() {
        Destination a = destinations.of("x@A.test");
        assertSame(a, destinations.of("y@a.test"));
        assertNotSame(a, destinations.of("y@b.test"));
        assertEquals(List.of(), destinations.retire(Duration.ofMinutes(1), _ -> true));
        assertEquals(2, destinations.retire(Duration.ofNanos(-1), _ -> true).size());
        assertNotSame(a, destinations.of("x@a.test"));
    }

    @Test
    void whatHasNoHostFailsAtOnceAndWhatIsUnknownLater() throws Exception {
        dns.add("null.test", Type.MX, "0 .");
        assertEquals(
                "5.1.10",
                deliver(message("x\r\n", "bob@null.test"))
                        .failed()
                        .get("bob@null.test")
                        .status());
        assertEquals(
                "5.1.2",
                deliver(message("x\r\n", "bob@absent.test"))
                        .failed()
                        .get("bob@absent.test")
                        .status());
        assertEquals(
                "5.1.2",
                deliver(message("x\r\n", "bob@[127.0.0.1]"))
                        .failed()
                        .get("bob@[127.0.0.1]")
                        .status());
        dns.failing.add("down.test");
        assertThrows(HopTrouble.class, () -> deliver(message("x\r\n", "bob@down.test")));
    }

    @Test
    void tlsIsTakenWhereItIsOffered() throws Exception {
        one.tls = Optional.of(stranger);
        deliver();
        assertTrue(one.received.getFirst().encrypted());
    }

    @Test
    void danePinsTheKeyWhateverTheCertificateSays() throws Exception {
        one.tls = Optional.of(stranger);
        pin(authority.pinOf("stranger.test"));
        deliver();
        assertTrue(one.received.getFirst().encrypted());
    }

    @Test
    void daneByTheAuthorityWantsTheNameToo() throws Exception {
        pin(authority.pinOfAuthority());
        dns.remove("mx2.a.test");
        one.tls = Optional.of(stranger);
        assertThrows(HopTrouble.class, this::deliver);
        one.tls = Optional.of(first);
        deliver();
        assertTrue(one.received.getFirst().encrypted());
    }

    @Test
    void daneTakesNeitherAnotherKeyNorClear() throws Exception {
        pin(authority.pinOf("stranger.test"));
        one.tls = Optional.of(first);
        deliver();
        one.tls = Optional.empty();
        deliver();
        assertEquals(0, one.received.size());
        assertEquals(2, two.received.size(), "which has no TLSA record");
    }

    @Test
    void anEnforcedPolicyWantsItsHostsWithTheirCertificates() throws Exception {
        publish("enforce", "mx1.a.test");
        assertThrows(HopTrouble.class, this::deliver);
        one.tls = Optional.of(stranger);
        assertThrows(HopTrouble.class, this::deliver);
        one.tls = Optional.of(first);
        deliver();
        assertTrue(one.received.getFirst().encrypted());
        assertEquals(0, two.received.size(), "not in the policy");
        assertEquals(1, policies.requests.get());
    }

    @Test
    void aPolicyThatNamesNoHostHoldsTheMail() {
        publish("enforce", "*.b.test");
        assertThrows(HopTrouble.class, this::deliver);
    }

    @Test
    void testingIsNoObstacleNorIsAPolicyThatCannotBeHad() throws Exception {
        publish("testing", "*.b.test");
        deliver();
        publish("enforce", "*.b.test", "*.c.test");
        policies.status = 301;
        destinations.retire(Duration.ofNanos(-1), _ -> true);
        deliver();
        assertEquals(2, one.received.size());
    }

    @Test
    void requireTlsWantsAHostThatIsProved() throws Exception {
        one.tls = Optional.of(first);
        one.extensions = List.of("REQUIRETLS");
        String unproved = deliver(requiringTls()).failed().get(BOB).diagnostic();
        assertTrue(unproved.contains("neither DNSSEC nor MTA-STS"), unproved);
        assertEquals(0, one.received.size());

        publish("enforce", "mx1.a.test");
        destinations.retire(Duration.ofNanos(-1), _ -> true);
        assertEquals(1, deliver(requiringTls()).delivered());
        pin(authority.pinOf("mx1.a.test"));
        destinations.retire(Duration.ofNanos(-1), _ -> true);
        assertEquals(1, deliver(requiringTls()).delivered());
        assertTrue(one.received.stream().allMatch(received -> received.mail().contains(" REQUIRETLS")));
        assertFalse(one.received.stream().anyMatch(received -> !received.encrypted()));
    }

    @Test
    void withoutTrustInTheResolverThereIsNoDane() throws Exception {
        pin(authority.pinOf("stranger.test"));
        one.tls = Optional.of(first);
        int port = Integer.parseInt(one.uri().substring(one.uri().lastIndexOf(':') + 1));
        destinations.close();
        destinations = destinations(port, Map.of("signet.relay.mx.dnssec", "false"));
        deliver();
        assertEquals(1, one.received.size());
    }

    @Test
    void anMxRouteStandsAloneAndGivesNobodyAPassword() {
        for (Map<String, String> settings : List.of(
                Map.of("signet.relay.next-hop", "mx:*,smtp://a.test"),
                Map.of("signet.relay.next-hop", "mx:*", "signet.relay.username", "x"))) {
            RelayConfig config = RelayFixture.config(settings);
            assertThrows(IllegalArgumentException.class, () -> Route.of(config, Optional.empty()));
        }
    }
}
