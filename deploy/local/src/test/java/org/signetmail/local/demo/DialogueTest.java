package org.signetmail.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.local.process.JavaProcess;
import org.signetmail.local.process.Ports;

/** The demo's side of SMTP and IMAP, against the mail store in a process of its own. */
class DialogueTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void aDialogueIsShownWithoutThePasswordAndTheMessageIsFound(@TempDir Path directory) throws Exception {
        int smtpPort = Ports.free();
        int imapPort = Ports.free();
        try (JavaProcess store = JavaProcess.named("mail-store", directory.resolve("mail-store.log"))
                .mainClass("org.signetmail.local.mailstore.MailStoreMain")
                .argument(Integer.toString(smtpPort))
                .argument(Integer.toString(imapPort))
                .start()) {
            store.awaitPort(smtpPort, Duration.ofSeconds(30));
            assertEquals("250 OK", send(smtpPort));
            String message =
                    new Inbox(imapPort, "bob@example.test").await("Report 42").orElseThrow();
            assertEquals("""
                    Return-Path: <>
                    From: <alice@example.test>
                    Subject: Report 42

                    For people.""", message.strip());
        }
        String text = shown.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("  C: AUTH PLAIN ********\n"), text);
        assertTrue(text.contains("  C: Subject: Report 42\n"), text);
        assertTrue(text.contains("  S: 354 End with a dot\n"), text);
        assertFalse(text.contains("AGFsaWNl"), text); // base64 of \0alice
    }

    private String send(int port) throws Exception {
        try (var dialogue = SmtpDialogue.connect(port, new PrintStream(shown, true, StandardCharsets.UTF_8))) {
            dialogue.command("EHLO test");
            dialogue.signIn("alice", "alice-password");
            dialogue.command("MAIL FROM:<>");
            dialogue.command("RCPT TO:<bob@example.test>");
            dialogue.command("DATA");
            return dialogue.content(List.of(
                    "From: <alice@example.test>",
                    "Subject: Report 42",
                    "MIME-Version: 1.0",
                    "Content-Type: multipart/report; boundary=b",
                    "",
                    "--b",
                    "",
                    "For people.",
                    "--b",
                    "Content-Type: message/delivery-status",
                    "",
                    "Reporting-MTA: dns; mail.example.test",
                    "",
                    "--b--"));
        }
    }
}
