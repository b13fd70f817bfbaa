package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.edge.relay.RelayConfig.StartTls;
import org.signetmail.local.process.Ports;

/** Which way the mail for a domain takes, and which of several hosts. */
class RouteTest {
    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(20), Duration.ofMillis(100));
    private static final Map<String, String> THREE = Map.of(
            "signet.relay.routes.store.domains", "Example.test,b\u00fccher.test",
            "signet.relay.routes.store.next-hops", "lmtp://store.test",
            "signet.relay.routes.branch.domains", "*.example.test",
            "signet.relay.routes.branch.next-hops", "smtp://branch.test",
            "signet.relay.routes.lab.domains", "lab.example.test",
            "signet.relay.routes.lab.next-hops", "smtp://lab.test");

    private static List<Route> routes(Map<String, String> settings) {
        return Route.of(RelayFixture.config(settings), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "bob@example.test, store",
        "bob@EXAMPLE.test, store",
        "bob@b\u00fccher.test, store",
        "bob@xn--bcher-kva.test, store",
        "bob@x.example.test, branch",
        "bob@y.x.example.test, branch",
        "bob@lab.example.test, lab",
        "bob@anexample.test, default",
        "postmaster, default",
        "bob@[192.0.2.1], default"
    })
    void theClosestNameDecides(String address, String route) {
        try (var destinations = new Destinations(routes(THREE), BACK_OFF, Duration.ofSeconds(5), Signing.NONE)) {
            assertEquals(route, destinations.of(address).route().name());
        }
    }

    @Test
    void aRouteHasItsOwnAccountAndTls() {
        var settings = new HashMap<>(THREE);
        settings.put("signet.relay.routes.lab.username", "relay");
        settings.put("signet.relay.routes.lab.password", "secret");
        settings.put("signet.relay.username", "other");
        Route lab = routes(settings).stream()
                .filter(route -> route.name().equals("lab"))
                .findAny()
                .orElseThrow();
        HopSettings hop = lab.hops().getFirst();
        assertEquals("relay", hop.credentials().orElseThrow().username());
        assertEquals(StartTls.REQUIRED, hop.startTls(), "a password wants verified TLS");
        assertEquals(16, lab.concurrency());
    }

    @Test
    void aRouteWithoutHostsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Route("empty", List.of(), List.of(), 1));
    }

    private static Route defaultRoute(String nextHops) {
        return routes(Map.of("signet.relay.next-hop", nextHops)).getLast();
    }

    @Test
    void whenOneHostIsAwayAnotherStandsIn() throws Exception {
        String away = "smtp://127.0.0.1:" + Ports.free();
        try (var hop = FakeNextHop.smtp(Ports.free());
                var destination = new Destination(
                        defaultRoute(away + "," + hop.uri() + "?priority=10"),
                        BACK_OFF,
                        Duration.ofSeconds(5),
                        Signing.NONE)) {
            for (int i = 0; i < 3; i++) {
                var message = RelayFixture.message("x\r\n", "bob@example.test");
                destination.deliver(message, new Answers(message.recipients()));
            }
            assertEquals(3, hop.received.size());
        }
    }

    @Test
    void whenAllAreAwayThereIsTrouble() {
        String away = "smtp://127.0.0.1:" + Ports.free() + ",smtp://127.0.0.1:" + Ports.free();
        try (var destination = new Destination(defaultRoute(away), BACK_OFF, Duration.ofSeconds(5), Signing.NONE)) {
            var message = RelayFixture.message("x\r\n", "bob@example.test");
            assertThrows(HopTrouble.class, () -> destination.deliver(message, new Answers(message.recipients())));
        }
    }

    @Test
    void hostsShareByWeight() throws Exception {
        try (var one = FakeNextHop.smtp(Ports.free());
                var three = FakeNextHop.smtp(Ports.free());
                var standby = FakeNextHop.smtp(Ports.free());
                var destination = new Destination(
                        defaultRoute(one.uri() + "," + three.uri() + "?weight=3," + standby.uri() + "?priority=1"),
                        BACK_OFF,
                        Duration.ofSeconds(5),
                        Signing.NONE)) {
            for (int i = 0; i < 200; i++) {
                var message = RelayFixture.message("x\r\n", "bob@example.test");
                destination.deliver(message, new Answers(message.recipients()));
            }
            assertEquals(0, standby.received.size());
            // 150 expected; less than 110 or more than 185 of 200 happens once in a billion runs.
            int share = three.received.size();
            assertTrue(share > 110 && share < 185, () -> "shares: " + share);
        }
    }
}
