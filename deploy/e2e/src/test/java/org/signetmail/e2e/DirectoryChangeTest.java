package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;

/** A change of the directory rules every verdict one second later. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DirectoryChangeTest {
    private static final Duration PROMISE = Duration.ofSeconds(1);
    private static final int ROUNDS = 5;
    private static final String OWN = """
            {"address":"alice@example.test","primary":true},{"address":"alice.smith@example.test","primary":false}""";
    private static final String NEW = ",{\"address\":\"sales@example.test\",\"primary\":false}";

    private final LocalStack stack = SharedStack.get();

    @Test
    void aNewAddressWorksAndAWithdrawnOneDoesNot() throws Exception {
        try (MailProgram alice = MailProgram.signIn(stack, "alice")) {
            for (int round = 0; round < ROUNDS; round++) {
                assertFalse(
                        alice.accepted("sales@example.test", "bob@example.test", "before"), "before, round " + round);
                putAlice(OWN + NEW);
                Waiting.pause(PROMISE);
                assertTrue(alice.accepted("sales@example.test", "bob@example.test", "with"), "granted, round " + round);
                putAlice(OWN);
                Waiting.pause(PROMISE);
            }
            assertFalse(alice.accepted("sales@example.test", "bob@example.test", "after"));
        }
    }

    /** Being put into a group counts for what was granted two groups above it, as long as it lasts. */
    @Test
    void aMembershipWorksAndOneThatEndedDoesNot() throws Exception {
        request("PUT", "groups/press", "{}");
        request("PUT", "groups/company", "{}");
        request("PUT", "groups/company/members/group:press", "");
        request(
                "POST",
                "grants",
                "{\"account\":\"group:company\",\"type\":\"send-as\",\"target\":\"press@example.test\"}");
        try (MailProgram carol = MailProgram.signIn(stack, "carol")) {
            for (int round = 0; round < ROUNDS; round++) {
                assertFalse(
                        carol.accepted("press@example.test", "bob@example.test", "before"), "before, round " + round);
                request("PUT", "groups/press/members/carol", "");
                Waiting.pause(PROMISE);
                assertTrue(carol.accepted("press@example.test", "bob@example.test", "with"), "member, round " + round);
                request("DELETE", "groups/press/members/carol", "");
                Waiting.pause(PROMISE);
            }
            assertFalse(carol.accepted("press@example.test", "bob@example.test", "after"));
        }
    }

    private void putAlice(String addresses) throws Exception {
        request(
                "PUT",
                "accounts/alice",
                "{\"login\":\"alice\",\"displayName\":\"Alice\",\"enabled\":true,\"addresses\":[" + addresses + "]}");
    }

    private void request(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(stack.endpoints().url(Part.DIRECTORY_SERVICE) + "/api/v1/" + path))
                .header("Authorization", "Bearer " + stack.token(Role.ADMIN))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(2, response.statusCode() / 100, response.body());
        }
    }
}
