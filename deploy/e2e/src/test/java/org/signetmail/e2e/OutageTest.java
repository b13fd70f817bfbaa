package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;

/** While something is away that a verdict needs, clients read 451 and keep their mail; when it is back, mail flows again. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class OutageTest {
    /** The edge waits 10 s for a verdict and up to 8 s for an acknowledgement; a client's patience is minutes. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    /** Until a cache stops being trusted. */
    private static final Duration UNTIL_NOTICED = Duration.ofSeconds(2);

    private static final Duration UNTIL_RECOVERED = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;

    private final LocalStack stack = SharedStack.get();

    @ParameterizedTest
    @EnumSource(names = {"KAFKA", "POLICY_SERVICE", "DIRECTORY_SERVICE", "POSTGRESQL"})
    void clientsKeepTheirMail(Part part) throws Exception {
        try (MailProgram alice = MailProgram.signIn(stack, "alice")) {
            assertTrue(alice.accepted("alice@example.test", "bob@example.test", "before " + part));
            stack.kill(part);
            Waiting.pause(UNTIL_NOTICED);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                long begin = System.nanoTime();
                String reply = alice.send("alice@example.test", "bob@example.test", "without " + part);
                assertEquals("451", reply.substring(0, 3), reply);
                assertTrue(Duration.ofNanos(System.nanoTime() - begin).compareTo(TIME_LIMIT) < 0, "answered too late");
            }
            if (part == Part.DIRECTORY_SERVICE || part == Part.POSTGRESQL) {
                var refused = assertThrows(MessagingException.class, () -> MailProgram.signIn(stack, "alice"));
                assertTrue(refused.getMessage().contains("454"), refused.getMessage());
            }
            stack.start(part);
            Waiting.until(() -> accepted(alice, "after " + part), "mail flows again", UNTIL_RECOVERED);
        }
        new Mailbox(stack.endpoints(), "bob@example.test").await("Subject: after " + part + "\r\n");
    }

    private static boolean accepted(MailProgram alice, String subject) {
        try {
            return alice.accepted("alice@example.test", "bob@example.test", subject);
        } catch (MessagingException e) {
            throw new AssertionError("The session broke", e);
        }
    }
}
