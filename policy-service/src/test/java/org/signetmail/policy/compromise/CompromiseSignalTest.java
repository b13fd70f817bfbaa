package org.signetmail.policy.compromise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.stack.Broker;
import org.signetmail.policy.stack.FakeDirectory;
import org.signetmail.policy.stack.Kafka;
import org.signetmail.policy.stack.PolicyStack;

/** From refused submissions to the suspension in the directory, and back to the verdict. */
@QuarkusTest
@QuarkusTestResource(PolicyStack.class)
class CompromiseSignalTest {
    private static final int THRESHOLD = 6; // as PolicyStack sets it

    FakeDirectory directory;
    Broker broker;

    @Inject
    MeterRegistry meters;

    private Kafka kafka;

    @BeforeEach
    void connect() {
        kafka = broker.connect();
    }

    @AfterEach
    void disconnect() {
        kafka.close();
    }

    @Test
    void manyForeignAddressesSuspendTheAccount() {
        directory.account("mallory", "mallory@example.test");
        double before = suspensions("done");
        for (int i = 1; i < THRESHOLD; i++) {
            assertEquals("from", violated("mallory", "boss" + i + "@example.test"));
        }
        assertEquals(Optional.empty(), directory.suspended("mallory"));
        assertEquals("from", violated("mallory", "boss" + THRESHOLD + "@example.test"));
        await(() -> directory.suspended("mallory").isPresent());
        assertEquals(
                "It tried 6 sender addresses that are not its own within 60 minutes",
                directory.suspended("mallory").orElseThrow());
        await(() -> suspensions("done") == before + 1);

        kafka.accountChanged("mallory"); // as directory-service would
        JsonNode verdict = kafka.verdict(kafka.submit("mallory", "mallory@example.test"));
        assertEquals("reject", verdict.get("outcome").asText());
        assertEquals("suspended", verdict.at("/violation/reason").asText());
        assertEquals(
                "The account is suspended: It tried 6 sender addresses that are not its own within 60 minutes",
                verdict.at("/violation/detail").asText());

        directory.release("mallory");
        assertEquals("from", violated("mallory", "boss1@example.test"));
        assertEquals(Optional.empty(), directory.suspended("mallory"));
    }

    @Test
    void oneWronglySetMailProgramDoesNot() {
        directory.account("newbie", "newbie@example.test");
        for (int i = 0; i <= THRESHOLD; i++) {
            assertEquals("from", violated("newbie", "newbie@my-old-provider.test"));
            assertEquals("from", violated("newbie", "newbie+" + i + "@my-old-provider.test"));
        }
        assertEquals(Optional.empty(), directory.suspended("newbie"));
    }

    @Test
    void whereNothingIsRefusedNothingIsSuspended() {
        directory.accountInMode("lab", "report", "lab@example.test");
        for (int i = 0; i <= THRESHOLD; i++) {
            assertEquals("from", violated("lab", "machine" + i + "@example.test"));
        }
        assertEquals(Optional.empty(), directory.suspended("lab"));
    }

    @Test
    void aSuspensionThatFailsIsTriedAgain() {
        directory.account("oscar", "oscar@example.test");
        directory.failSuspension("oscar", true);
        double before = suspensions("failed");
        for (int i = 1; i <= THRESHOLD; i++) {
            assertEquals("from", violated("oscar", "boss" + i + "@example.test"));
        }
        await(() -> suspensions("failed") > before);
        directory.failSuspension("oscar", false);
        await(() -> {
            violated("oscar", "boss1@example.test");
            return directory.suspended("oscar").isPresent();
        });
    }

    /** The reason of the violation, refused or reported. */
    private String violated(String account, String from) {
        JsonNode verdict;
        do { // a directory that was too slow for once defers, and a mail program tries again
            verdict = kafka.verdict(kafka.submit(account, from));
        } while (verdict.get("outcome").asText().equals("defer"));
        return verdict.at("/violation/reason").asText();
    }

    private double suspensions(String result) {
        return meters.get("signet.policy.suspensions")
                .tag("result", result)
                .counter()
                .count();
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "in time");
            Thread.onSpinWait();
        }
    }
}
