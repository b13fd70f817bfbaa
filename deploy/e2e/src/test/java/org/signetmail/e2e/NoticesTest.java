package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.local.stack.LocalStack;

/** What the recipient, the account's owner and the administrator find in their mailboxes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NoticesTest {
    private static final String REFUSAL = "554 Originator address does not match authentication credentials";

    private final LocalStack stack = SharedStack.get();

    @Test
    void anHonestMessageReachesItsRecipient() throws Exception {
        try (MailProgram alice = MailProgram.signIn(stack, "alice")) {
            assertTrue(alice.accepted("alice@example.test", "bob@example.test", "honest message 1"));
        }
        String message = mailbox("bob").await("honest message 1");
        assertTrue(message.contains("From: alice@example.test\r\n"), message);
        assertTrue(message.contains("Received: from "), message);
        assertTrue(message.contains("by mail.example.test with ESMTPSA id "), message);
    }

    @Test
    void aForgedMessageIsToldToItsOwnerAndTheAdministrator() throws Exception {
        try (MailProgram alice = MailProgram.signIn(stack, "alice")) {
            assertEquals(REFUSAL, alice.send("ceo@example.test", "victim@example.test", "forged message 1"));
        }
        String report = mailbox("alice").await("forged message 1");
        assertTrue(report.contains("Content-Type: multipart/report; report-type=delivery-status"), report);
        assertTrue(report.contains("ceo@example.test"), report);
        assertTrue(report.contains("alice.smith@example.test"), report);
        assertTrue(report.contains("Diagnostic-Code: smtp; " + REFUSAL), report);

        String notification = mailbox("postmaster").await("forged message 1");
        String flowed = notification.replaceAll("\\s+", " ");
        assertTrue(
                flowed.contains("An Inbound mail message was not accepted on server mail.example.test because the "
                        + "authentication account did not have permission to use the originator address on the message. "
                        + "The message that caused this notification was:"),
                notification);
        assertTrue(flowed.contains("To: victim@example.test"), notification);
        assertTrue(flowed.contains("From: ceo@example.test"), notification);
        assertTrue(flowed.contains("Subject: forged message 1"), notification);
        assertTrue(flowed.contains("The submitting host was:"), notification);

        String file = flowed.replaceFirst(
                ".*If archiving was enabled at the time of submission, the message can be found in the following file: (\\S+).*",
                "$1");
        assertTrue(Files.readString(Path.of(file)).contains("Subject: forged message 1"), file);
        assertTrue(mailbox("victim").messages().isEmpty());
    }

    private Mailbox mailbox(String user) {
        return new Mailbox(stack.endpoints(), user + "@example.test");
    }
}
