package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.StackOptions;

/** A stolen password: from its twentieth foreign address to the owner's new password. A stack as it is out of the box. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class SuspensionTest {
    private static final int PORT_OFFSET = 8500;
    private static final int THRESHOLD = 20;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PROMISE = Duration.ofSeconds(1);
    private static final String FORGED = "554 Originator address does not match authentication credentials";
    private static final String SUSPENDED =
            "554 The account is suspended: It tried 20 sender addresses that are not its own within 60 minutes";
    private static final String SUSPENSION = "/api/v1/accounts/bob/suspension";

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        Path directory =
                Path.of("target", "suspension-" + ProcessHandle.current().pid());
        stack = LocalStack.start(
                SharedStack.shortLived(StackOptions.in(directory)).withPortOffset(PORT_OFFSET));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void manyForeignAddressesSuspendUntilThePasswordIsAnother() throws Exception {
        var administrator = new Administrator(stack);
        try (MailProgram thief = MailProgram.signIn(stack, "bob")) {
            assertTrue(thief.accepted("bob@example.test", "alice@example.test", "before"));
            for (int i = 1; i <= THRESHOLD; i++) {
                assertEquals(404, administrator.status("GET", SUSPENSION), "at address " + i);
                assertEquals(FORGED, thief.send("boss" + i + "@example.test", "victim@example.test", "theft " + i));
            }
            Waiting.until(() -> administrator.status("GET", SUSPENSION) == 200, "the suspension", LIMIT);
            Waiting.pause(PROMISE);
            assertEquals(SUSPENDED, thief.send("bob@example.test", "victim@example.test", "theft as bob"));
        }
        try (MailProgram owner = MailProgram.signIn(stack, "bob")) {
            assertEquals(SUSPENDED, owner.send("bob@example.test", "alice@example.test", "why not"));
        }
        String report = mailbox("bob").await("Subject: why not");
        assertTrue(report.contains("change your password"), report);
        String notification = mailbox("postmaster").await("Subject: why not").replaceAll("\\s+", " ");
        assertTrue(notification.contains("DELETE " + SUSPENSION), notification);

        administrator.ask("PUT", "/api/v1/accounts/bob", """
            {"displayName":"Bob","password":"another-password","addresses":[{"address":"bob@example.test","primary":true}]}""");
        Waiting.pause(PROMISE);
        try (MailProgram owner = MailProgram.signIn(stack, "bob", "PLAIN", "another-password")) {
            assertTrue(owner.accepted("bob@example.test", "alice@example.test", "after"));
        }
        assertTrue(mailbox("victim").messages().isEmpty());
    }

    private static Mailbox mailbox(String user) {
        return new Mailbox(stack.endpoints(), user + "@example.test");
    }
}
