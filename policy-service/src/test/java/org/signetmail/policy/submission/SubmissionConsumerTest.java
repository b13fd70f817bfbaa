package org.signetmail.policy.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.stack.Broker;
import org.signetmail.policy.stack.FakeDirectory;
import org.signetmail.policy.stack.Kafka;
import org.signetmail.policy.stack.PolicyStack;

/** Submissions in, verdicts out, over a real broker; a directory that is away, slow and back. */
@QuarkusTest
@QuarkusTestResource(PolicyStack.class)
class SubmissionConsumerTest {
    private static final String ALICE = "alice@example.test";
    private static final String FORGED = "ceo@example.test";
    private static final int VERDICTS = 100;

    FakeDirectory directory;

    @Inject
    MeterRegistry meters;

    Broker broker;

    private Kafka kafka;

    @BeforeEach
    void connect() {
        kafka = broker.connect();
        directory.account("alice", ALICE);
        directory.account("bob", "bob@example.test");
    }

    @AfterEach
    void disconnect() {
        directory.release();
        kafka.close();
    }

    @Test
    void theVerdictGoesToTheReplyPartitionWithItsHeaders() {
        String id = kafka.submit("alice", ALICE);
        var reply = kafka.verdictRecord(id);
        assertEquals(Kafka.REPLY_PARTITION, reply.partition());
        assertEquals(id, header(reply, "ce_id"));
        assertEquals("1.0", header(reply, "ce_specversion"));
        assertEquals("org.signetmail.verdict.v1", header(reply, "ce_type"));
        assertEquals("/signet/policy-service", header(reply, "ce_source"));
        assertEquals("application/json", header(reply, "content-type"));
        assertEquals(Kafka.TRACE, header(reply, "traceparent"));
        assertTrue(Instant.parse(header(reply, "ce_time")).isBefore(Instant.now()));
        assertEquals("accept", kafka.verdict(id).get("outcome").asText());
    }

    @Test
    void aForgedOriginatorIsRefused() {
        JsonNode verdict = kafka.verdict(kafka.submit("alice", FORGED));
        assertEquals("reject", verdict.get("outcome").asText());
        assertEquals("from", verdict.at("/violation/reason").asText());
        assertEquals(FORGED, verdict.at("/violation/address").asText());
        assertEquals(ALICE, verdict.at("/allowed/0").asText());
        assertEquals("from", verdict.at("/explanation/rules/3/rule").asText());
        assertEquals("violation", verdict.at("/explanation/rules/3/outcome").asText());
        assertEquals("192.0.2.10", verdict.at("/explanation/question/client").asText());
        assertEquals(FORGED, verdict.at("/explanation/question/from/0").asText());
    }

    @Test
    void anAccountThatIsGoneIsSuspended() {
        JsonNode verdict = kafka.verdict(kafka.submit("gone", "gone@example.test"));
        assertEquals("suspended", verdict.at("/violation/reason").asText());
    }

    @Test
    void whatNobodyWaitsForIsSkippedAndCounted() {
        double before = skipped("late");
        String late = kafka.submit("alice", ALICE, Instant.now().minusSeconds(1), "5");
        kafka.verdict(kafka.submit("alice", ALICE));
        assertEquals(before + 1, skipped("late"));
        assertFalse(kafka.hasVerdict(late));
    }

    @Test
    void aBadRecordStopsNoOther() {
        Instant start = Instant.now();
        kafka.send("alice", "no JSON", "5");
        kafka.send("alice", null, "5");
        kafka.submit("alice", ALICE, start.plusSeconds(10), "99");
        kafka.submit("alice", ALICE, start.plusSeconds(10), "five");
        kafka.submit("alice", ALICE, start.plusSeconds(10), null);
        assertEquals("accept", outcome("alice", ALICE));
        assertTrue(Duration.between(start, Instant.now()).toSeconds() < 5);
    }

    @Test
    void aSlowAccountIsDeferredInTimeAndStopsNoOther() {
        assertEquals("accept", outcome("bob", "bob@example.test"));
        directory.hold("alice");
        Instant start = Instant.now();
        String slow = kafka.submit("alice", ALICE);
        JsonNode other = kafka.verdict(kafka.submit("bob", "bob@example.test"));
        assertEquals("accept", other.get("outcome").asText());
        JsonNode verdict = kafka.verdict(slow);
        assertTrue(judgedAt(other).isBefore(judgedAt(verdict)));
        assertEquals("defer", verdict.get("outcome").asText());
        assertEquals(
                "directory-service does not answer in time",
                verdict.get("detail").asText());
        assertTrue(Duration.between(start, Instant.now()).toSeconds() < 5);
        directory.release();
        assertEquals("accept", outcome("alice", ALICE));
    }

    @Test
    void withoutTheDirectorySubmissionsAreDeferredAtOnceAndFlowAgainWhenItIsBack() {
        directory.down();
        try {
            JsonNode verdict = kafka.verdict(kafka.submit("alice", ALICE));
            assertEquals("defer", verdict.get("outcome").asText());
            assertEquals(
                    "directory-service is unreachable", verdict.get("detail").asText());
        } finally {
            directory.up();
        }
        assertEquals("accept", outcome("alice", ALICE));
    }

    @Test
    void whileTheFeedIsFollowedTheCacheAnswersAndAChangeIsSeen() {
        awaitCached();
        directory.account("alice", ALICE, FORGED);
        kafka.accountChanged("alice");
        kafka.heartbeat();
        awaitOutcome("accept", FORGED);
        directory.account("alice", ALICE);
        kafka.accountChanged("alice");
        kafka.heartbeat();
        awaitOutcome("reject", FORGED);
    }

    /** A slow machine makes look-ups go by the cache, never a call of one that did not. */
    @Test
    void aVerdictOfAHotAccountCostsNoCall() {
        awaitCached();
        int calls = directory.calls("alice");
        double hits = lookups("hit");
        double others = lookups("miss") + lookups("bypass");
        for (int i = 0; i < VERDICTS; i++) {
            kafka.heartbeat();
            assertEquals("accept", outcome("alice", ALICE));
        }
        assertTrue(lookups("hit") > hits);
        assertEquals(lookups("miss") + lookups("bypass") - others, directory.calls("alice") - calls);
    }

    private void awaitCached() {
        await(() -> {
            kafka.heartbeat();
            int before = directory.calls("alice");
            assertEquals("accept", outcome("alice", ALICE));
            return directory.calls("alice") == before;
        });
    }

    private void awaitOutcome(String outcome, String from) {
        Instant start = Instant.now();
        await(() -> {
            kafka.heartbeat();
            return outcome("alice", from).equals(outcome);
        });
        assertTrue(Duration.between(start, Instant.now()).toMillis() < 1000);
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "in time");
        }
    }

    private String outcome(String account, String from) {
        return kafka.verdict(kafka.submit(account, from)).get("outcome").asText();
    }

    private static Instant judgedAt(JsonNode verdict) {
        return Instant.parse(verdict.get("judgedAt").asText());
    }

    private double skipped(String why) {
        return meters.get("signet.policy.submissions.skipped")
                .tag("why", why)
                .counter()
                .count();
    }

    private double lookups(String result) {
        return meters.get("signet.policy.cache.lookups")
                .tag("result", result)
                .counter()
                .count();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
