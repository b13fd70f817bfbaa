package org.signetmail.notifier.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signetmail.notifier.Events;
import org.signetmail.notifier.MovableClock;
import org.signetmail.notifier.Parts;
import org.signetmail.notifier.Topics;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.database.Schema;
import org.signetmail.notifier.digest.DigestSender;
import org.signetmail.notifier.event.Arrival;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;

/** Floods of refusals, on a real PostgreSQL: everything is recorded, and people read few mails. */
@QuarkusTest
@WithTestResource(Parts.class)
class StormTest {
    private static final int MANY = 10_000;
    private static final int AT_ONCE = 32;
    private static final int LARGEST = 100;

    @Inject
    RejectionRecorder recorder;

    @Inject
    DigestSender digests;

    @Inject
    Database database;

    @Inject
    Schema schema;

    @Inject
    MovableClock clock;

    @Inject
    MeterRegistry meters;

    private final String account = "storm-" + UUID.randomUUID();

    /** The beginning of an hour in which nobody was told anything yet, and all digests before it are sent. */
    @BeforeEach
    void newHour() throws SQLException, InterruptedException {
        schema.await();
        clock.forward(Duration.between(
                clock.instant(), clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(3))));
        digests.sendDue();
        clock.forward(Duration.ofHours(2));
    }

    private Rejection refusal(String login, Optional<String> primary) {
        Rejection refusal = Events.rejection(UUID.randomUUID(), Events.forged(Reason.FROM, "From"), Events.HEADER);
        return Events.at(Events.of(refusal, primary, List.of()), login, clock.instant());
    }

    /**
     * Records from many threads, as many notifiers do, in batches of many sizes; the last of each batch comes once more with
     * the next one, as after a rebalance.
     */
    private void record(IntFunction<Rejection> refusals) throws InterruptedException, ExecutionException {
        var results = new ArrayList<Future<?>>();
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            var again = new ArrayList<Arrival>();
            for (int i = 0, size = 1; i < MANY; i += size, size = size % LARGEST + 1) {
                var batch = new ArrayList<>(again);
                IntStream.range(i, Math.min(i + size, MANY))
                        .mapToObj(refusals)
                        .forEach(refusal -> batch.add(new Arrival(refusal, Optional.empty())));
                again = new ArrayList<>(List.of(batch.getLast()));
                results.add(threads.submit(() -> {
                    recorder.record(batch);
                    return true;
                }));
            }
        }
        for (Future<?> result : results) {
            result.get();
        }
    }

    private List<String> strings(String sql, String value) throws SQLException {
        return database.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, value);
                var strings = new ArrayList<String>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        strings.add(row.getString(1));
                    }
                }
                return strings;
            }
        });
    }

    private double suppressed(String kind, String cause) {
        return meters.get("signet.notifier.suppressed")
                .tag("kind", kind)
                .tag("cause", cause)
                .counter()
                .count();
    }

    private List<String> mailsAbout(String login) throws SQLException {
        return strings("""
                SELECT kind FROM notice WHERE incident IN (SELECT id FROM incident WHERE account = ?) ORDER BY 1""", login);
    }

    /** How many digests of what kind went to whom. */
    private List<String> digestsOf(String login) throws SQLException {
        return strings("""
                SELECT count(DISTINCT n.id) || ' ' || g.kind || ' ' || n.recipient FROM gathered g JOIN notice n ON n.id = g.digest
                WHERE g.incident IN (SELECT id FROM incident WHERE account = ?) GROUP BY g.kind, n.recipient ORDER BY g.kind""", login);
    }

    @Test
    void aFloodOfOneAccountIsTwoMailsToItsOwnerAndTwoToTheAdministrator() throws Exception {
        Optional<String> owner = Optional.of(account + "@example.test");
        double before = suppressed("ndr", "repeated");

        record(_ -> refusal(account, owner));

        assertEquals(List.of("admin", "ndr"), mailsAbout(account));
        assertEquals(MANY - 1, suppressed("ndr", "repeated") - before);
        digests.sendDue();
        assertEquals(List.of(), digestsOf(account));

        clock.forward(Duration.ofMinutes(61));
        sendFromSeveral();

        assertEquals(List.of("1 admin postmaster@example.test", "1 ndr " + owner.get()), digestsOf(account));
        assertEquals(
                List.of(Integer.toString(MANY)),
                strings("SELECT count(*)::text FROM incident WHERE account = ?", account));
        assertEquals(List.of("2"), strings("SELECT count(*)::text FROM notice WHERE recipient = ?", owner.get()));
    }

    private void sendFromSeveral() throws InterruptedException, ExecutionException {
        var results = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                results.add(threads.submit(() -> {
                    digests.sendDue();
                    return true;
                }));
            }
        }
        for (Future<?> result : results) {
            result.get();
        }
        awaitDigests();
    }

    /** The service sends digests by itself, too: one that it has in hand is passed over by a test's call. */
    private void awaitDigests() {
        Topics.await(() -> {
            try {
                return strings("""
                        SELECT g.kind FROM gathered g JOIN incident i ON i.id = g.incident
                        WHERE g.digest IS NULL AND i.account LIKE ? || '%'""", account).isEmpty();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void manyAccountsStayUnderTheAdministratorsCap() throws Exception {
        record(i -> refusal(account + "-" + i, Optional.empty()));
        clock.forward(Duration.ofMinutes(61));
        digests.sendDue();
        awaitDigests();

        int atOnce = strings("""
                SELECT n.id FROM notice n JOIN incident i ON i.id = n.incident WHERE i.account LIKE ? || '-%'""", account).size();
        assertEquals(19, atOnce);
        List<String> told = strings("""
                SELECT g.digest FROM gathered g JOIN incident i ON i.id = g.incident WHERE i.account LIKE ? || '-%'""", account);
        assertEquals(MANY - atOnce, told.size());
        assertEquals(1, told.stream().distinct().count());
        assertTrue(suppressed("admin", "capped") >= MANY - atOnce);
    }

    /** Locks are taken in one order: nobody waits in a ring, which PostgreSQL would end by a failure and a second of waiting. */
    @Test
    void batchesSideBySideDoNotDeadlock() throws Exception {
        double before = retries();
        record(i -> refusal(account, Optional.of("owner" + (i * 7919) % 500 + "@" + account + ".example")));
        assertEquals(0, retries() - before);
        assertEquals(
                List.of("500"),
                strings(
                        "SELECT count(DISTINCT recipient)::text FROM notice WHERE recipient LIKE '%@' || ?",
                        account + ".example"));
    }

    private double retries() {
        return meters.get("signet.notifier.retries")
                .tag("dependency", "postgresql")
                .counter()
                .count();
    }

    @Test
    void afterTheWindowTheFirstIsToldAtOnceAgain() throws Exception {
        Optional<String> owner = Optional.of(account + "@example.test");
        recorder.record(List.of(new Arrival(refusal(account, owner), Optional.empty())));
        clock.forward(Duration.ofMinutes(59));
        recorder.record(List.of(new Arrival(refusal(account, owner), Optional.empty())));
        assertEquals(List.of("admin", "ndr"), mailsAbout(account));
        clock.forward(Duration.ofMinutes(2));
        recorder.record(List.of(new Arrival(refusal(account, owner), Optional.empty())));
        assertEquals(List.of("admin", "admin", "ndr", "ndr"), mailsAbout(account));
    }
}
