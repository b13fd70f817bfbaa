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

    private void putAlice(String addresses) throws Exception {
        String body =
                "{\"login\":\"alice\",\"displayName\":\"Alice\",\"enabled\":true,\"addresses\":[" + addresses + "]}";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(stack.endpoints().url(Part.DIRECTORY_SERVICE) + "/api/v1/accounts/alice"))
                .header("Authorization", "Bearer " + stack.token(Role.ADMIN))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(2, response.statusCode() / 100, response.body());
        }
    }
}
