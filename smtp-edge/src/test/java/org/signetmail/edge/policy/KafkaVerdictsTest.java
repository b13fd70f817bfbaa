package org.signetmail.edge.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.Await;
import org.signetmail.edge.DependencyMetrics;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.TestConfig;
import org.signetmail.edge.event.EventProducer;
import org.signetmail.edge.event.TestProducers;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.process.Ports;

/** The question and its answer on a real broker, with a policy-service that misbehaves on demand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class KafkaVerdictsTest {
    private static final int PARTITION = 7;
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Path directory;
    private final int port = Ports.free();
    private final int controllerPort = Ports.free();
    private LocalBroker broker;
    private Map<String, Object> kafka;
    private PolicyByHand policy;

    KafkaVerdictsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    void start() {
        startBroker();
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        policy = new PolicyByHand(kafka);
    }

    private void startBroker() {
        broker = LocalBroker.start(directory, port, controllerPort);
        broker.awaitReady();
    }

    @AfterAll
    void stop() {
        policy.close();
        broker.close();
    }

    @Test
    void everyQuestionGetsItsOwnVerdict() throws Exception {
        try (var edge = new Edge(LONG);
                var sessions =
                        Executors.newFixedThreadPool(200, Thread.ofVirtual().factory())) {
            var asked = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 5000; i++) {
                SubmissionEvent question = question("account" + i);
                asked.add(() -> isTheVerdict(question, edge.verdicts.ask(question, TRACEPARENT)));
            }
            int wrong = 0;
            for (Future<Boolean> right : sessions.invokeAll(asked)) {
                wrong += right.get() ? 0 : 1;
            }
            assertEquals(0, wrong);
            assertEquals(0, edge.pending());
            // A session has its verdict a moment before it is counted.
            Await.until("each is counted", () -> edge.count("taken") == 5000);
        }
    }

    private static boolean isTheVerdict(SubmissionEvent question, Optional<VerdictEvent> verdict) {
        return verdict.isPresent()
                && verdict.get().submissionId().equals(question.submissionId())
                && verdict.get().account().equals(question.account());
    }

    @Test
    void silenceIsNoVerdictWithinTheLimit() {
        try (var edge = new Edge(SHORT)) {
            long begin = System.nanoTime();
            assertEquals(Optional.empty(), edge.verdicts.ask(question(PolicyByHand.SILENT), TRACEPARENT));
            long millis = (System.nanoTime() - begin) / 1_000_000;
            assertTrue(millis >= SHORT.toMillis() && millis < 3000, millis + " ms");
            assertEquals(0, edge.pending());
        }
    }

    @Test
    void aLateVerdictHasNoEffect() {
        try (var edge = new Edge(SHORT)) {
            assertEquals(Optional.empty(), edge.verdicts.ask(question(PolicyByHand.LATE), TRACEPARENT));
            policy.sendLate();
            Await.until("it is read", () -> edge.count("late") == 1);
            assertEquals(0, edge.count("taken"));
            assertEquals(0, edge.pending());
        }
    }

    @Test
    void garbageIsCountedAndSkipped() {
        try (var edge = new Edge(LONG)) {
            SubmissionEvent question = question(PolicyByHand.GARBAGE);
            assertTrue(isTheVerdict(question, edge.verdicts.ask(question, TRACEPARENT)));
            assertEquals(PolicyByHand.UNREADABLE.size() + 1, edge.count("unreadable"));
        }
    }

    @Test
    void aVerdictInAnotherPartitionIsSomebodyElses() {
        try (var edge = new Edge(SHORT)) {
            assertEquals(Optional.empty(), edge.verdicts.ask(question(PolicyByHand.ELSEWHERE), TRACEPARENT));
            assertEquals(0, edge.count("late"));
        }
    }

    @Test
    void aVerdictThatIsWrittenOnceTheReaderIsReadyIsRead() {
        for (int round = 0; round < 10; round++) {
            Set<String> read = ConcurrentHashMap.newKeySet();
            var reader = new VerdictReader(
                    kafka,
                    new TopicPartition("signet.verdicts", PARTITION),
                    verdict -> read.add(verdict.submissionId()),
                    new EdgeMetrics(new SimpleMeterRegistry()),
                    new DependencyMetrics(new SimpleMeterRegistry()));
            reader.start();
            while (!reader.ready()) {
                Thread.onSpinWait(); // not a moment is to be lost
            }
            String id = UUID.randomUUID().toString();
            policy.send(PARTITION, id, PolicyByHand.accept(id, "alice"));
            Await.until("the verdict of round " + round, () -> read.contains(id));
            reader.close();
        }
    }

    @Test
    void aBrokerThatDiesAndComesBack() {
        try (var edge = new Edge(LONG)) {
            assertTrue(edge.verdicts.ask(question("before"), TRACEPARENT).isPresent());
            broker.process().kill();
            Await.until("not ready", () -> !edge.verdicts.ready());
            assertEquals(
                    "DOWN",
                    new VerdictReadiness(edge.verdicts).call().getStatus().name());
            long begin = System.nanoTime();
            assertEquals(Optional.empty(), edge.verdicts.ask(question("meanwhile"), TRACEPARENT));
            assertTrue(System.nanoTime() - begin < 1_000_000_000, "451 at once");
            startBroker();
            Await.until("ready again", edge.verdicts::ready);
            assertTrue(edge.verdicts.ask(question("after"), TRACEPARENT).isPresent());
            assertEquals(0, edge.pending());
        }
    }

    private static SubmissionEvent question(String account) {
        Instant now = Instant.now();
        return new SubmissionEvent(
                UUID.randomUUID().toString(),
                account,
                Optional.empty(),
                now,
                now.plus(LONG),
                new ClientFacts("192.0.2.10", "client.example.test", Optional.empty()),
                "alice@example.test",
                List.of("bob@example.test"),
                100,
                Optional.empty(),
                Optional.of(new SubmissionEvent.Malformation("From", "Two From fields")),
                Optional.empty());
    }

    /** The asking side of an edge, with a producer and figures of its own. */
    private final class Edge implements AutoCloseable {
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final EventProducer producer = TestProducers.byKey(kafka, Duration.ofSeconds(8));
        private final KafkaVerdicts verdicts;

        private Edge(Duration timeout) {
            var config = TestConfig.edge(
                    "edge.reply-partition", Integer.toString(PARTITION), "verdict.timeout", timeout.toString());
            verdicts =
                    new KafkaVerdicts(config, kafka, producer, new EdgeMetrics(meters), new DependencyMetrics(meters));
            verdicts.start(new StartupEvent());
            Await.until("ready", verdicts::ready);
        }

        private double pending() {
            return meters.get("signet.edge.verdicts.pending").gauge().value();
        }

        private double count(String result) {
            return meters.get("signet.edge.verdicts")
                    .tag("result", result)
                    .counter()
                    .count();
        }

        @Override
        public void close() {
            verdicts.stop();
            producer.close();
        }
    }
}
