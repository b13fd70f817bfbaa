package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.AuthenticationFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.local.stack.LocalStack;

/** A password for one program, through every part: who has it signs in, within its bounds, until it is revoked. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ApplicationPasswordTest {
    private static final String CREDENTIALS = "/api/v1/accounts/alice/credentials";
    private static final String SMITH = "alice.smith@example.test";
    private static final Duration PROMISE = Duration.ofSeconds(1);

    private final LocalStack stack = SharedStack.get();
    private final Administrator administrator = new Administrator(stack);
    private String one;
    private String id;
    private String password;

    @BeforeEach
    void issue() throws Exception {
        JsonNode issued =
                administrator.ask("POST", CREDENTIALS, "{\"label\":\"printer\",\"addresses\":[\"" + SMITH + "\"]}");
        id = issued.at("/credential/id").asText();
        password = issued.get("password").asText();
        one = CREDENTIALS + "/" + id;
    }

    @AfterEach
    void revoke() {
        administrator.status("DELETE", one);
    }

    @Test
    void aSessionEndsWithThePasswordThatBeganIt() throws Exception {
        try (MailProgram printer = MailProgram.signIn(stack, "alice", "PLAIN", password)) {
            Waiting.pause(PROMISE);
            assertTrue(printer.accepted(SMITH, "bob@example.test", "printed"));
            assertEquals(
                    "554 Originator address does not match authentication credentials",
                    printer.send("alice@example.test", "bob@example.test", "not for this address"));
            assertEquals(204, administrator.status("DELETE", one));
            Waiting.pause(PROMISE);
            assertEquals(
                    "554 The application password of this sign-in was revoked",
                    printer.send(SMITH, "bob@example.test", "revoked"));
        }
        assertThrows(AuthenticationFailedException.class, () -> MailProgram.signIn(stack, "alice", "LOGIN", password));
    }

    @Test
    void elsewhereItIsAWrongPassword() throws Exception {
        administrator.ask("PUT", one, "{\"label\":\"printer\",\"networks\":[\"192.0.2.0/24\"]}");
        assertThrows(AuthenticationFailedException.class, () -> MailProgram.signIn(stack, "alice", "PLAIN", password));
        administrator.ask("PUT", one, "{\"label\":\"printer\",\"networks\":[\"127.0.0.0/8\",\"::1\"]}");
        MailProgram.signIn(stack, "alice", "PLAIN", password).close();
    }

    @Test
    void withScramTheNameSaysWhichPasswordItIs() throws Exception {
        Clients.require("msmtp");
        Clients.Result named = msmtp("alice+" + id);
        assertEquals(0, named.exitCode(), named.output());
        Waiting.until(
                () -> lastUse().startsWith("127.0.0.1"), "the last use is told by the edge", Duration.ofSeconds(10));
        assertNotEquals(0, msmtp("alice").exitCode());
        assertNotEquals(0, msmtp("bob+" + id).exitCode());
    }

    private String lastUse() {
        try {
            return administrator.ask("GET", one, "").path("lastUsedFrom").asText();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Clients.Result msmtp(String user) throws Exception {
        String text = "From: " + SMITH + "\nTo: bob@example.test\nSubject: scram\n\nHello.\n";
        Path message = Files.writeString(Files.createTempFile(Path.of("target"), "message", ".eml"), text);
        return Clients.run(
                List.of(
                        "msmtp",
                        "--file=/dev/null",
                        "--host=127.0.0.1",
                        "--port=" + stack.endpoints().smtpPort(),
                        "--tls=on",
                        "--tls-starttls=on",
                        "--tls-trust-file=" + stack.certificate(),
                        "--auth=scram-sha-256",
                        "--user=" + user,
                        "--passwordeval=echo " + password,
                        "--from=" + SMITH,
                        "bob@example.test"),
                message);
    }
}
