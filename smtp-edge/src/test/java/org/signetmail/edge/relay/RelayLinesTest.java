package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.edge.relay.RelayFixture.message;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.event.CloudEvent;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.edge.mx.FakeDns;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.process.Ports;
import org.xbill.DNS.Type;

/** More mail than destinations take, on a real broker: it waits in lines, untried, and nobody else's mail with it (decision 0067). */
class RelayLinesTest {
    /** More than one destination may have in hand. */
    private static final int MANY = 700;

    private static final int WRITERS = 32;

    /** One each: what stands in line after a test would be the next one's. */
    private LocalBroker broker;

    private final CountDownLatch gate = new CountDownLatch(1);
    private FakeNextHop usual;
    private FakeNextHop partner;
    private FakeNextHop other;
    private RelayFixture relay;
    private Instant begun;

    @BeforeEach
    void startHops(@TempDir Path directory) {
        broker = LocalBroker.start(directory);
        usual = FakeNextHop.smtp(Ports.free());
        partner = FakeNextHop.smtp(Ports.free());
        other = FakeNextHop.smtp(Ports.free());
        begun = Instant.now();
    }

    @AfterEach
    void stop() {
        gate.countDown();
        relay.close();
        broker.close();
        usual.close();
        partner.close();
        other.close();
    }

    private void start(String... settings) {
        var all = new HashMap<>(Map.of(
                "signet.relay.next-hop", usual.uri(),
                "signet.relay.routes.partner.domains", "partner.test",
                "signet.relay.routes.partner.next-hops", partner.uri(),
                "signet.relay.routes.other.domains", "other.test",
                "signet.relay.routes.other.next-hops", other.uri(),
                "signet.relay.retry-delays", "1h",
                "signet.relay.drain-within", "100ms"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("signet.relay." + settings[i], settings[i + 1]);
        }
        relay = new RelayFixture(broker.bootstrapServers(), all);
    }

    /** Answers nothing before the gate opens. */
    private UnaryOperator<String> slow() {
        return _ -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "250 ok";
        };
    }

    private void write(int number, String... recipients) throws Exception {
        write(number, _ -> recipients);
    }

    /** Side by side: one sync of the broker's disk serves many. */
    private void write(int number, IntFunction<String[]> recipients) throws Exception {
        var written = new ArrayList<Future<?>>();
        try (var threads =
                Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().factory())) {
            for (int i = 0; i < number; i++) {
                OutboundMessage message = message(i + "\r\n", recipients.apply(i));
                written.add(threads.submit(() -> {
                    relay.writer.write(message);
                    return true;
                }));
            }
        }
        for (Future<?> one : written) {
            one.get();
        }
    }

    private double inLine() {
        return relay.meters.get("signet.edge.relay.put.in.line").counter().count();
    }

    /** Records of this test that were written after an attempt. */
    private List<ConsumerRecord<String, byte[]>> tried() {
        return relay.records(OutboundWriter.RETRIES).stream()
                .filter(record -> !Instant.ofEpochMilli(record.timestamp()).isBefore(begun))
                .filter(record ->
                        CloudEvent.text(record.headers(), "signet_attempt").isPresent())
                .toList();
    }

    @Test
    void twoFullRoutesHoldUpNoThird() throws Exception {
        partner.atMail = slow();
        other.disappear();
        start("set-aside-after", "1h");
        write(MANY, "bob@partner.test");
        write(MANY, "bob@other.test");
        write(50, "bob@example.test");

        Eventually.await("the third", () -> usual.received.size() == 50);

        assertEquals(0, partner.received.size());
        Eventually.await("in line", () -> inLine() >= 2 * MANY - 1_000);
        gate.countDown();
        other.listen();
        // An hour is the shortest delay: what was not tried does not wait for it.
        Eventually.await("all of both", () -> partner.received.size() == MANY && other.received.size() == MANY);
        Eventually.await("every offset committed", relay::allCommitted);
        assertEquals(List.of(), tried());
        assertEquals(MANY, partner.received.size());
        assertEquals(MANY, other.received.size());
    }

    @Test
    void mailForWhoIsAwayWaitsUntriedAndGoesOutWhenHeIsBack() throws Exception {
        partner.disappear();
        start("set-aside-after", "100ms", "retry-delays", "3s", "routes.partner.concurrency", "2");
        write(300, "bob@partner.test");
        Eventually.await("in line", () -> inLine() >= 290);
        int attempts = tried().size();
        relay.close();
        start("set-aside-after", "100ms", "retry-delays", "3s", "routes.partner.concurrency", "2");

        partner.listen();

        Eventually.await("all", () -> partner.received.size() == 300);
        Eventually.await("every offset committed", relay::allCommitted);
        assertEquals(300, partner.received.size());
        assertTrue(attempts <= 100, () -> attempts + " attempts at who was away");
    }

    @Test
    void whoStandsInLineIsToldOfTheDelay() throws Exception {
        partner.disappear();
        start("set-aside-after", "50ms", "delay-notice-after", "1s");
        write(40, "bob@partner.test");

        Eventually.await("told", () -> told("delayed") == 40);
    }

    @Test
    void whoStandsInLineIsGivenUpInTheEnd() throws Exception {
        partner.disappear();
        start("set-aside-after", "50ms", "give-up-after", "1s");
        write(40, "bob@partner.test");

        Eventually.await("told", () -> told("failed") == 40);
        Eventually.await("every offset committed", relay::allCommitted);
    }

    /** Messages of this test whose sender was told that. */
    private long told(String action) {
        return relay.records("signet.undeliverable").stream()
                .filter(record -> !Instant.ofEpochMilli(record.timestamp()).isBefore(begun))
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).contains('"' + action + '"'))
                .map(ConsumerRecord::key)
                .distinct()
                .count();
    }

    @Test
    void aRestartRepeatsNothingThatWasDeliveredBehindASlowOne() throws Exception {
        partner.atMail = slow();
        start();
        write(20, "bob@partner.test");
        write(300, "carol@example.test");
        Eventually.await("the others", () -> usual.received.size() == 300);
        relay.close();
        gate.countDown();

        start();

        Eventually.await("the slow ones", () -> partner.received.size() == 20);
        Eventually.await("every offset committed", relay::allCommitted);
        assertEquals(300, usual.received.size());
        assertEquals(20, partner.received.size());
    }

    @Test
    void aMessageForTwoKeepsNoThreadOfTheFastOne() throws Exception {
        partner.atMail = slow();
        start("routes.partner.concurrency", "2");
        write(100, "alice@example.test", "bob@partner.test");
        write(20, "carol@example.test");

        Eventually.await("the fast one", () -> usual.received.size() == 120);

        assertEquals(0, partner.received.size());
        gate.countDown();
        Eventually.await("the slow one", () -> partner.received.size() == 100);
        Eventually.await("every offset committed", relay::allCommitted);
        assertEquals(List.of("bob@partner.test"), partner.received.getFirst().recipients());
        assertEquals(120, usual.received.size());
        assertEquals(100, partner.received.size());
    }

    @Test
    void manySlowDomainsOfAnMxRouteHoldUpNoOther() throws Exception {
        int port = Ports.free();
        int domains = 30;
        try (var dns = new FakeDns().host("fast.test", "127.0.0.1");
                var fast = FakeNextHop.smtp(InetAddress.ofLiteral("127.0.0.1"), port);
                var slow = FakeNextHop.smtp(InetAddress.ofLiteral("127.0.0.2"), port)) {
            for (int i = 0; i < domains; i++) {
                dns.add("slow" + i + ".test", Type.MX, "10 mx.slow.test.");
            }
            dns.host("mx.slow.test", "127.0.0.2");
            slow.atMail = slow();
            start(
                    "next-hop",
                    "mx:*",
                    "mx.port",
                    Integer.toString(port),
                    "mx.resolvers",
                    "127.0.0.1:" + dns.address().getPort(),
                    "mx.mta-sts",
                    "false");
            write(1_500, i -> new String[] {"bob@slow" + i % domains + ".test"});
            write(100, "bob@fast.test");

            Eventually.await("the fast one", () -> fast.received.size() == 100);

            assertEquals(0, slow.received.size());
            assertTrue(inLine() > 0);
            gate.countDown();
            Eventually.await("the slow ones", () -> slow.received.size() == 1_500);
            Eventually.await("every offset committed", relay::allCommitted);
            assertEquals(List.of(), tried());
            Map<String, Long> byDomain = slow.received.stream()
                    .collect(Collectors.groupingBy(mail -> mail.recipients().getFirst(), Collectors.counting()));
            assertEquals(domains, byDomain.size());
            assertTrue(byDomain.values().stream().allMatch(number -> number == 1_500 / domains), byDomain::toString);
        }
    }
}
