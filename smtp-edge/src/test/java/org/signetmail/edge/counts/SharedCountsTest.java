package org.signetmail.edge.counts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.Await;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.event.EventProducer;
import org.signetmail.edge.event.TestProducers;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.process.Ports;

/** Edges that count together through a real broker, and each by itself while it is away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class SharedCountsTest {
    private final Path directory;
    private final int port = Ports.free();
    private final int controllerPort = Ports.free();
    private LocalBroker broker;
    private Map<String, Object> kafka;

    SharedCountsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    void start() {
        startBroker();
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private void startBroker() {
        broker = LocalBroker.start(directory, port, controllerPort);
        broker.awaitReady();
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void edgesCountTogetherAndARestartedOneRemembers() {
        var guesser = new Key(Kind.FAILURES_OF_ADDRESS, "192.0.2.1/32");
        try (var one = new Edge();
                var two = new Edge()) {
            one.counts.add(guesser, 3);
            two.counts.add(guesser, 4);
            one.awaitSum(guesser, 7);
            two.awaitSum(guesser, 7);
            two.counts.takeBack(guesser, 1);
            one.awaitSum(guesser, 6);
        }
        try (var restarted = new Edge()) {
            restarted.awaitSum(guesser, 6);
            restarted.counts.add(guesser, 1);
            assertEquals(7, restarted.counts.sum(guesser));
        }
    }

    @Test
    void whileTheBrokerIsAwayEachEdgeCountsForItself() {
        var alice = new Key(Kind.MESSAGES_AN_HOUR, "alice");
        try (var one = new Edge();
                var two = new Edge()) {
            one.counts.add(alice, 1);
            two.awaitSum(alice, 1);
            broker.process().kill();
            one.counts.add(alice, 1);
            two.counts.add(alice, 5);
            assertEquals(2, one.counts.sum(alice));
            assertEquals(6, two.counts.sum(alice));
            startBroker();
            one.awaitSum(alice, 7);
            two.awaitSum(alice, 7);
        }
    }

    private final class Edge implements AutoCloseable {
        private final EventProducer producer = TestProducers.byKey(kafka, Duration.ofSeconds(8));
        private final SharedCounts shared;
        private final Counts counts;

        private Edge() {
            shared = new SharedCounts(kafka, producer, new EdgeMetrics(new SimpleMeterRegistry()), Clock.systemUTC());
            counts = shared.counts();
            shared.start(new StartupEvent());
        }

        private void awaitSum(Key key, long sum) {
            Await.until(key + " is " + sum, () -> counts.sum(key) == sum);
        }

        @Override
        public void close() {
            shared.stop();
            producer.close();
        }
    }
}
