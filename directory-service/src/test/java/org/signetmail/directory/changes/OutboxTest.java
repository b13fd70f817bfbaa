package org.signetmail.directory.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.signetmail.directory.DirectoryMetrics;
import org.signetmail.directory.JsonSettings;
import org.signetmail.directory.changes.ChangePublisher.Round;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.DatabaseFailure;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.parts.Defaults;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.database.LocalDatabase;

/** The promise of the change feed on a real PostgreSQL and a real Kafka, whatever dies in between. */
class OutboxTest {
    @TempDir
    static Path directory;

    private static LocalBroker broker;
    private static LocalDatabase postgresql;
    private static Database database;
    private static KafkaTopic kafka;

    private final ChangeLog changes = new ChangeLog();
    private FeedReader feed;

    @BeforeAll
    static void start() {
        broker = LocalBroker.start(directory.resolve("kafka"));
        postgresql = LocalDatabase.start(directory.resolve("postgresql"));
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgresql.createDatabase("directory"));
        dataSource.setUser(postgresql.user());
        Flyway.configure().dataSource(dataSource).load().migrate();
        database = new Database(dataSource);
        var json = new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule());
        new JsonSettings().customize(json);
        kafka = new KafkaTopic(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                json,
                new DirectoryMetrics(new SimpleMeterRegistry()));
    }

    @AfterAll
    static void stop() {
        kafka.close();
        postgresql.close();
        broker.close();
    }

    @BeforeEach
    void readFromHere() {
        feed = FeedReader.fromEnd(broker.bootstrapServers());
    }

    @Test
    void changesArePublishedInTheOrderOfTheirCommitsAndForgotten() {
        change("ann");
        change("ben");
        change("ann");
        assertEquals(Round.DRAINED, publisher(kafka).round());
        List<DirectoryChange> read = feed.readThroughHeartbeat();
        assertEquals(List.of("ann", "ben", "ann", "*heartbeat"), keys(read));
        assertTrue(read.get(0).version() < read.get(1).version()
                && read.get(1).version() < read.get(2).version());
        assertEquals(read.get(2).version(), read.get(3).version());
        assertEquals(Round.DRAINED, publisher(kafka).round());
        assertEquals(List.of("*heartbeat"), keys(feed.readThroughHeartbeat()));
    }

    @Test
    void deathBetweenPublicationAndDeletionMakesDuplicatesAndNoLoss() {
        change("cid");
        change("dora");
        ChangeTopic deadly = events -> {
            kafka.publish(events);
            terminateConnections();
        };
        assertThrows(DatabaseFailure.class, () -> publisher(deadly).round());
        assertEquals(Round.DRAINED, publisher(kafka).round());
        List<FeedReader.Received> received = feed.receiveThroughHeartbeat();
        assertEquals(
                List.of("cid", "dora", "cid", "dora", "*heartbeat"),
                received.stream().map(FeedReader.Received::key).toList());
        assertEquals(received.get(0).id(), received.get(2).id());
        assertEquals(received.get(1).id(), received.get(3).id());
    }

    @Test
    void whatKafkaDoesNotAcknowledgeStaysAndNoHeartbeatIsSent() {
        change("eve");
        var heard = new ArrayList<Event>();
        ChangeTopic broken = events -> {
            heard.addAll(events);
            throw new IllegalStateException("no acknowledgement");
        };
        assertThrows(IllegalStateException.class, () -> publisher(broken).round());
        assertEquals(List.of("eve"), heard.stream().map(e -> e.change().key()).toList());
        assertEquals(Round.DRAINED, publisher(kafka).round());
        assertEquals(List.of("eve", "*heartbeat"), keys(feed.readThroughHeartbeat()));
    }

    @Test
    void aChangeThatIsRolledBackIsNeverPublished() {
        assertThrows(
                IllegalStateException.class,
                () -> database.write(transaction -> {
                    changes.account(transaction, "phantom");
                    throw new IllegalStateException("after the change was written down");
                }));
        change("fay");
        assertEquals(Round.DRAINED, publisher(kafka).round());
        assertEquals(List.of("fay", "*heartbeat"), keys(feed.readThroughHeartbeat()));
    }

    /** The writer is inside its transaction while the round runs: the heartbeat must not be taken to include it. */
    @Test
    void aHeartbeatSpeaksOnlyOfWhatWasCommittedBefore() throws Exception {
        var written = new CountDownLatch(1);
        var mayCommit = new CountDownLatch(1);
        Thread writer = Thread.ofVirtual()
                .start(() -> database.write(transaction -> {
                    changes.account(transaction, "gil");
                    written.countDown();
                    try {
                        mayCommit.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return transaction;
                }));
        written.await();
        assertEquals(Round.DRAINED, publisher(kafka).round());
        List<DirectoryChange> before = feed.readThroughHeartbeat();
        assertEquals(List.of("*heartbeat"), keys(before));
        mayCommit.countDown();
        writer.join();
        assertEquals(Round.DRAINED, publisher(kafka).round());
        List<DirectoryChange> after = feed.readThroughHeartbeat();
        assertEquals(List.of("gil", "*heartbeat"), keys(after));
        assertTrue(after.getFirst().version() > before.getLast().version());
    }

    /** So that caches stay of use while a million changes go out, as far as those are out. */
    @Test
    void aFullBatchPromisesWhatIsInFrontOfTheNext() {
        Instant before = Instant.now();
        database.write(transaction -> {
            for (int i : IntStream.range(0, 1500).toArray()) {
                changes.account(transaction, "many-" + i);
            }
            return transaction;
        });
        ChangePublisher publisher = publisher(kafka);
        assertEquals(Round.MORE, publisher.round());
        List<DirectoryChange> first = feed.readThroughHeartbeat();
        assertEquals(1001, first.size());
        assertEquals(Round.DRAINED, publisher.round());
        List<DirectoryChange> second = feed.readThroughHeartbeat();
        assertEquals(501, second.size());
        DirectoryChange promise = first.getLast();
        assertEquals(first.getFirst().version(), promise.version());
        assertEquals(second.getFirst().at(), promise.at());
        assertTrue(promise.at().isAfter(before));
    }

    @Test
    void aChangeOfALargeGroupIsOneRecord() {
        database.transaction(connection -> {
            Sql.update(connection, "INSERT INTO mail_group (name) VALUES ('everybody')");
            Sql.update(
                    connection,
                    "INSERT INTO account (login, enabled, version) SELECT 'e' || i, true, 0"
                            + " FROM generate_series(0, ?) AS i",
                    ChangeLog.NAMED);
            return Sql.update(
                    connection,
                    "INSERT INTO group_member (group_name, account) SELECT 'everybody', login FROM account");
        });
        database.write(transaction -> {
            changes.accountsBelow(transaction, "everybody");
            return transaction;
        });
        assertEquals(Round.DRAINED, publisher(kafka).round());
        assertEquals(List.of("*group:everybody", "*heartbeat"), keys(feed.readThroughHeartbeat()));
    }

    @Test
    void whileOneInstancePublishesTheOthersStandBy() {
        var outcome = new ArrayList<Round>();
        ChangeTopic meanwhile = events -> {
            kafka.publish(events);
            outcome.add(publisher(kafka).round());
        };
        assertEquals(Round.DRAINED, publisher(meanwhile).round());
        assertEquals(List.of(Round.STAND_BY), outcome);
    }

    private void change(String login) {
        database.write(transaction -> {
            changes.account(transaction, login);
            return transaction;
        });
    }

    private static ChangePublisher publisher(ChangeTopic topic) {
        return new ChangePublisher(
                database, new Outbox(), topic, new DirectoryMetrics(new SimpleMeterRegistry()), Defaults.config());
    }

    /** What the death of the service, or of the way to its database, does to its transaction. */
    private static void terminateConnections() {
        boolean any = database.transaction(connection -> Sql.exists(
                connection,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"));
        assertTrue(any);
    }

    private static List<String> keys(List<DirectoryChange> changes) {
        return changes.stream().map(DirectoryChange::key).toList();
    }
}
