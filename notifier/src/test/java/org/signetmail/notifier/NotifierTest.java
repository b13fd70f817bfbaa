package org.signetmail.notifier;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signetmail.notifier.event.EventJson;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.event.Undeliverable.Action;
import org.signetmail.notifier.event.Undeliverable.Recipient;

/** The whole service on a real Kafka and a real PostgreSQL: events in, mails out, incidents to be read. */
@QuarkusTest
@WithTestResource(Parts.class)
class NotifierTest {
    private static Topics topics;

    @Inject
    FaultyOutbound outbound;

    @Inject
    MeterRegistry meters;

    @BeforeAll
    static void open() {
        topics = new Topics();
    }

    @AfterAll
    static void close() {
        topics.close();
    }

    @Inject
    MovableClock clock;

    /** So that what a test before told keeps nothing back. */
    @BeforeEach
    void muchLater() {
        clock.forward(Duration.ofHours(2));
    }

    @Test
    void aRefusalYieldsAnIncidentAndTwoMails() {
        UUID id = reject(refusal());

        ConsumerRecord<String, byte[]> ndr =
                topics.await(1, (id + ".ndr")::equals).getFirst();
        ConsumerRecord<String, byte[]> admin =
                topics.await(1, (id + ".admin")::equals).getFirst();

        assertEquals("alice@example.test", Topics.header(ndr, "signet_rcpt"));
        assertEquals("postmaster@example.test", Topics.header(admin, "signet_rcpt"));
        assertEquals(id + ".ndr", Topics.header(ndr, "ce_id"));
        assertEquals("org.signetmail.outbound.v1", Topics.header(ndr, "ce_type"));
        assertEquals("/signet/notifier", Topics.header(ndr, "ce_source"));
        assertEquals("1.0", Topics.header(ndr, "ce_specversion"));
        assertEquals("message/rfc822", Topics.header(ndr, "content-type"));
        assertEquals("", Topics.header(ndr, "signet_mail_from"));
        assertEquals("mail.example.test", Topics.header(ndr, "signet_from_domain"));
        assertEquals("1", Topics.header(ndr, "signet_part"));
        assertEquals("1", Topics.header(ndr, "signet_parts"));
        assertEquals(Events.TIME.toString(), Topics.header(ndr, "signet_received_at"));
        assertEquals(Topics.TRACE, Topics.header(ndr, "traceparent"));
        assertNull(ndr.headers().lastHeader("signet_smtputf8"));
        assertTrue(
                new String(ndr.value(), StandardCharsets.UTF_8).contains("Final-Recipient: rfc822; bob@example.test"));
        awaitPublished(id, 2);
    }

    @Test
    void theSameEventTwiceYieldsOnePairOfMails() {
        double before = duplicates();
        Rejection refusal = refusal();
        reject(refusal);
        reject(refusal);
        reject(refusal);
        Topics.await(() -> duplicates() == before + 2);
        UUID id = refusal.submissionId();
        awaitPublished(id, 2);

        topics.await(2, key -> key.startsWith(id.toString()));
        assertEquals(2, topics.now(key -> key.startsWith(id.toString())).size());
    }

    @Test
    void deathBetweenAcknowledgementAndMarkRepeatsTheSameIds() {
        outbound.dieAfterTheNextAcknowledgement();
        UUID id = reject(refusal());

        List<ConsumerRecord<String, byte[]>> mails = topics.await(4, key -> key.startsWith(id.toString()));

        assertEquals(
                List.of(id + ".admin", id + ".admin", id + ".ndr", id + ".ndr"),
                mails.stream()
                        .map(mail -> Topics.header(mail, "ce_id"))
                        .sorted()
                        .toList());
        awaitPublished(id, 2);
    }

    @Test
    void anAccountWithoutPrimaryAddressGetsNoReport() {
        Rejection refusal = refusal();
        reject(Events.of(refusal, Optional.empty(), List.of()));
        topics.await(1, (refusal.submissionId() + ".admin")::equals);
        awaitPublished(refusal.submissionId(), 1);
        assertTrue(meters.get("signet.notifier.skipped")
                        .tag("cause", "no_primary_address")
                        .counter()
                        .count()
                >= 1);
    }

    @Test
    void modeReportIsRecordedAndTellsNobody() {
        Rejection refusal = Events.reportOnly(refusal());
        reject(refusal);
        awaitPublished(refusal.submissionId(), 0);
        incident(refusal.submissionId()).body("rejection.enforced", equalTo(false));
    }

    /** The edge's own forgery shows that refusals come through; nobody is told of it. */
    @Test
    void aCanaryIsCountedOnly() {
        double before = meters.get("signet.notifier.canaries").counter().count();
        Rejection refusal = Events.canary(refusal());
        UUID id = reject(refusal);
        Topics.await(() -> meters.get("signet.notifier.canaries").counter().count() == before + 1);
        UUID behind = reject(refusal());
        awaitPublished(behind, 2);
        assertEquals(List.of(), topics.now(key -> key.startsWith(id.toString())));
        given().auth()
                .oauth2(Parts.token("auditor"))
                .get("/api/v1/incidents/" + id)
                .then()
                .statusCode(404);
    }

    @Test
    void anUnreadableRecordStopsNobody() {
        double before = meters.get("signet.notifier.unreadable")
                .tag("topic", "rejections")
                .counter()
                .count();
        topics.send("signet.rejections", "alice", "no json");
        topics.send("signet.rejections", "alice", "{}");
        UUID id = reject(refusal());
        topics.await(1, (id + ".ndr")::equals);
        Topics.await(() -> meters.get("signet.notifier.unreadable")
                        .tag("topic", "rejections")
                        .counter()
                        .count()
                == before + 2);
    }

    /** PostgreSQL knows no such time; what came with it in one poll is taken all the same. */
    @Test
    void whatCannotBeStoredStopsNobodyBesideIt() {
        double before = unreadable();
        Rejection refusal = refusal();
        var many = Stream.generate(NotifierTest::refusal).limit(10).toList();
        many.subList(0, 5).forEach(this::reject);
        reject(Events.at(refusal, refusal.account(), Instant.parse("+300000-01-01T00:00:00Z")));
        many.subList(5, 10).forEach(this::reject);
        many.forEach(each -> topics.await(1, (each.submissionId() + ".ndr")::equals));
        Topics.await(() -> unreadable() == before + 1);
    }

    private double unreadable() {
        return meters.get("signet.notifier.unreadable")
                .tag("topic", "rejections")
                .counter()
                .count();
    }

    @Test
    void postgresqlAwayLosesNothing() {
        awaitPublished(reject(refusal()), 2);
        Parts.stopDatabase();
        UUID id = reject(refusal());
        Topics.await(() -> meters.get("signet.notifier.retries")
                        .tag("dependency", "postgresql")
                        .counter()
                        .count()
                > 0);
        given().auth()
                .oauth2(Parts.token("admin"))
                .get("/api/v1/incidents")
                .then()
                .statusCode(503);
        Parts.startDatabase();

        topics.await(1, (id + ".ndr")::equals);
        awaitPublished(id, 2);
    }

    @Test
    void everyRecipientThatFailsIsReportedOnce() {
        String id = UUID.randomUUID().toString();
        Recipient nobody = Events.failed("nobody@example.test", "5.1.1", "550 No such user", Optional.empty());
        Recipient late = Events.failed("late@example.test", "4.4.7", "Connection refused", Optional.empty());
        String first = EventJson.write(Events.undeliverable(id, "alice@example.test", nobody));
        String second = EventJson.write(Events.undeliverable(id, "alice@example.test", nobody, late));

        topics.send("signet.undeliverable", id, first);
        ConsumerRecord<String, byte[]> report =
                topics.await(1, (id + ".dsn")::equals).getFirst();
        topics.send("signet.undeliverable", id, first);
        topics.send("signet.undeliverable", id, second);
        ConsumerRecord<String, byte[]> another =
                topics.await(1, (id + ".dsn.2")::equals).getFirst();

        assertEquals("alice@example.test", Topics.header(report, "signet_rcpt"));
        String text = new String(another.value(), StandardCharsets.UTF_8);
        assertTrue(text.contains("late@example.test") && !text.contains("nobody@example.test"), text);
        assertEquals(2, topics.now(key -> key.startsWith(id)).size());
    }

    @Test
    void aDelayIsToldAndTheFailureAfterIt() {
        String id = UUID.randomUUID().toString();
        Recipient late = Events.recipient(
                Action.DELAYED, "late@example.test", "4.4.1", "Connection refused", Optional.empty(), Optional.empty());
        String delayed = EventJson.write(Events.delayed(Events.undeliverable(id, "alice@example.test", late)));
        Recipient lost = Events.failed("late@example.test", "4.4.7", "Connection refused", Optional.empty());

        topics.send("signet.undeliverable", id, delayed);
        topics.send("signet.undeliverable", id, delayed);
        topics.await(1, (id + ".dsn")::equals);
        topics.send("signet.undeliverable", id, EventJson.write(Events.undeliverable(id, "alice@example.test", lost)));
        ConsumerRecord<String, byte[]> second =
                topics.await(1, (id + ".dsn.2")::equals).getFirst();

        assertTrue(new String(second.value(), StandardCharsets.UTF_8).contains("Action: failed"));
        assertEquals(2, topics.now(key -> key.startsWith(id)).size());
    }

    @Test
    void aFailedReportIsNotReported() {
        double before = meters.get("signet.notifier.skipped")
                .tag("cause", "null_sender")
                .counter()
                .count();
        Recipient nobody = Events.failed("nobody@example.test", "5.1.1", "550 No such user", Optional.empty());
        topics.send("signet.undeliverable", "x.ndr", EventJson.write(Events.undeliverable("x.ndr", "", nobody)));
        Topics.await(() -> meters.get("signet.notifier.skipped")
                        .tag("cause", "null_sender")
                        .counter()
                        .count()
                == before + 1);
    }

    @Test
    void anIncidentHasAllFactsOfTheEvent() {
        Rejection refusal = refusal();
        reject(refusal);
        awaitPublished(refusal.submissionId(), 2);
        String json = incident(refusal.submissionId())
                .body("recordedAt", notNullValue())
                .body("rejection.violation.address", equalTo("ceo@example.test"))
                .body("rejection.rejectedAt", equalTo("2026-01-15T10:00:00.020Z"))
                .body("notices.kind", equalTo(List.of("admin", "ndr")))
                .extract()
                .asString();
        assertTrue(json.contains("\"rejection\":" + EventJson.write(refusal)), json);
    }

    private static Rejection refusal() {
        Rejection refusal = Events.rejection(UUID.randomUUID(), Events.forged(Reason.FROM, "From"), Events.HEADER);
        // An account of its own, so that each is the first.
        return Events.at(refusal, "alice-" + refusal.submissionId(), Events.TIME);
    }

    private UUID reject(Rejection refusal) {
        topics.send("signet.rejections", refusal.account(), EventJson.write(refusal));
        return refusal.submissionId();
    }

    private double duplicates() {
        return meters.get("signet.notifier.duplicates")
                .tag("topic", "rejections")
                .counter()
                .count();
    }

    /** Waits until the incident is there and so many mails of it, no more, are marked. */
    private static void awaitPublished(UUID id, int mails) {
        Topics.await(() -> {
            var answer = given().auth().oauth2(Parts.token("auditor")).get("/api/v1/incidents/" + id);
            return answer.statusCode() == 200
                    && answer.jsonPath().getList("notices.publishedAt").stream()
                                    .filter(Objects::nonNull)
                                    .count()
                            == mails;
        });
        incident(id).body("notices", hasSize(mails));
    }

    private static ValidatableResponse incident(UUID id) {
        return given().auth()
                .oauth2(Parts.token("auditor"))
                .get("/api/v1/incidents/" + id)
                .then()
                .statusCode(200);
    }
}
