package org.signetmail.notifier.intake;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

/** Every administrator of the account's domain is told, each under a cap of its own; without any, the default one. */
@QuarkusTest
@WithTestResource(Parts.class)
class SeveralAdministratorsTest {
    private static final int AT_ONCE = 19;

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

    private final String domain = "d" + UUID.randomUUID() + ".example";
    private final String english = "ops@" + domain;
    private final String german = "desk@" + domain;

    @BeforeEach
    void twoAdministrators() throws InterruptedException {
        schema.await();
        clock.forward(Duration.ofHours(2));
        given().auth()
                .oauth2(Parts.token("admin"))
                .contentType(ContentType.JSON)
                .body("""
                        {"administrators":[{"address":"%s","language":"en"},{"address":"%s","language":"de"}]}""".formatted(english, german))
                .put("/api/v1/administrators/" + domain)
                .then()
                .statusCode(200);
    }

    private UUID refuse(String account, String primary) throws Database.Unstorable {
        Rejection refusal = Events.rejection(UUID.randomUUID(), Events.forged(Reason.FROM, "From"), Events.HEADER);
        Rejection ours = Events.at(Events.of(refusal, Optional.of(primary), List.of()), account, clock.instant());
        recorder.record(List.of(new Arrival(ours, Optional.empty())));
        return refusal.submissionId();
    }

    /** What somebody was written, oldest first; a mail that is in Kafka has lost its octets. */
    private List<String> ids(String recipient) throws SQLException {
        return database.transaction(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT id FROM notice WHERE recipient = ? ORDER BY written_at, id")) {
                select.setString(1, recipient);
                var ids = new ArrayList<String>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        ids.add(row.getString(1));
                    }
                }
                return ids;
            }
        });
    }

    private int mails(String recipient) {
        try {
            return ids(recipient).size();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void eachIsTold() throws Exception {
        UUID id = refuse("alice-" + domain, "alice@" + domain);
        assertEquals(List.of(id + ".admin"), ids(english));
        assertEquals(List.of(id + ".admin.2"), ids(german));
        assertEquals(List.of(id + ".ndr"), ids("alice@" + domain));
    }

    @Test
    void anotherDomainHasTheDefaultOne() throws Exception {
        UUID id = refuse("bob-" + domain, "bob@other-" + domain);
        assertTrue(ids("postmaster@example.test").contains(id + ".admin"));
        assertEquals(List.of(), ids(english));
    }

    @Test
    void theCapIsOfEach() throws Exception {
        for (int i = 0; i < AT_ONCE + 5; i++) {
            refuse("account-" + i + domain, "owner" + i + "@" + domain);
        }
        assertEquals(AT_ONCE, ids(english).size());
        assertEquals(AT_ONCE, ids(german).size());
        clock.forward(Duration.ofMinutes(61));
        digests.sendDue();
        // The service sends digests by itself, too: one that it has in hand is passed over here.
        Topics.await(() -> mails(english) == AT_ONCE + 1 && mails(german) == AT_ONCE + 1);
    }
}
