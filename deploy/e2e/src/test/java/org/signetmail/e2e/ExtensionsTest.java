package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.local.stack.LocalStack;

/** Programs of somebody else's making use the extensions that the edge offers; the protocol log shows that they do. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ExtensionsTest {

    private final LocalStack stack = SharedStack.get();

    /** RFC 3030. No line begins with a dot: Angus Mail doubles it in chunks too, which only DATA asks for. */
    @Test
    void angusMailInChunks() throws Exception {
        String text = "Hello.\r\nMAIL FROM:<ceo@example.test>\r\n" + "x".repeat(500) + "\r\nend\r\n";
        try (MailProgram alice = MailProgram.signIn(stack, "alice", Map.of("mail.smtp.chunksize", "200"))) {
            MimeMessage message = message(alice, "alice@example.test", "bob@example.test", "angus in chunks");
            message.setText(text);
            assertAccepted(alice.send(message));
            MimeMessage forged = message(alice, "ceo@example.test", "bob@example.test", "angus in chunks, forged");
            forged.setText(text);
            assertThrows(MessagingException.class, () -> alice.send(forged)); // it does not say what it read
        }
        mailbox("alice@example.test").await("angus in chunks, forged");
        String received = mailbox("bob@example.test").await("Subject: angus in chunks");
        assertTrue(received.contains("\r\n\r\n" + text.stripTrailing()), received);
        assertLogged("<<< BDAT 200\n", "<<< BDAT [0-9]+ LAST\n");
    }

    /** RFC 3461. */
    @Test
    void angusMailAsksForDeliveryReports() throws Exception {
        Map<String, String> settings = Map.of(
                "mail.smtp.dsn.notify",
                "SUCCESS,FAILURE ORCPT=rfc822;bob+2Bdsn@example.test",
                "mail.smtp.dsn.ret",
                "HDRS");
        try (MailProgram alice = MailProgram.signIn(stack, "alice", settings)) {
            assertAccepted(alice.send("alice@example.test", "bob@example.test", "angus with DSN"));
        }
        mailbox("bob@example.test").await("angus with DSN");
        assertLogged(
                "<<< MAIL FROM:<alice@example.test> RET=HDRS",
                "<<< RCPT TO:<bob@example.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob\\+2Bdsn@example.test");
    }

    /** RFC 6531. */
    @Test
    void angusMailWithUtf8() throws Exception {
        try (MailProgram alice = MailProgram.signIn(stack, "alice", Map.of("mail.mime.allowutf8", "true"))) {
            MimeMessage message = message(alice, "alice@example.test", "bob@example.test", "angus with UTF-8");
            message.addRecipient(Message.RecipientType.TO, new InternetAddress("j\u00FCrgen@example.test"));
            message.setText("Hello.\r\n");
            assertAccepted(alice.send(message));
        }
        String received = mailbox("bob@example.test").await("angus with UTF-8");
        assertTrue(received.contains("j\u00FCrgen@example.test"), received);
        assertLogged("<<< MAIL FROM:<alice@example.test> .*SMTPUTF8");
    }

    /** RFC 8689 and RFC 4865: what becomes of such messages is the relay's affair. */
    @Test
    void angusMailAsksForTlsAndForLater() throws Exception {
        for (String extension : List.of("REQUIRETLS", "HOLDFOR=2")) {
            try (MailProgram alice = MailProgram.signIn(stack, "alice", Map.of("mail.smtp.mailextension", extension))) {
                assertAccepted(alice.send("alice@example.test", "bob@example.test", "angus " + extension));
            }
            assertLogged("<<< MAIL FROM:<alice@example.test> .*" + extension);
        }
        mailbox("bob@example.test").await("angus HOLDFOR=2");
    }

    /** Python's smtplib has options of MAIL and RCPT, and SMTPUTF8 of its own accord. */
    @Test
    void pythonSmtplib() throws Exception {
        Clients.require("python3");
        Clients.Result result = Clients.run(List.of(
                "python3",
                "src/test/resources/clients/extensions.py",
                Integer.toString(stack.endpoints().smtpPort()),
                stack.certificate().toString()));
        assertEquals(0, result.exitCode(), result.output());
        mailbox("bob@example.test").await("smtplib with DSN");
        mailbox("bob@example.test").await("Gr\u00FC\u00DFe, smtplib");
        assertLogged(
                "<<< mail FROM:<alice@example.test> .*RET=FULL ENVID=smtplib\\+2B1 HOLDFOR=1",
                "<<< rcpt TO:<bob@example.test> NOTIFY=DELAY,FAILURE ORCPT=rfc822;bob@example.test");
    }

    /** curl asks for SMTPUTF8 when an address needs it. */
    @Test
    void curl() throws Exception {
        Clients.require("curl");
        Path message = Files.writeString(
                Files.createTempFile(Path.of("target"), "message", ".eml"),
                "From: alice@example.test\nTo: j\u00FCrgen@example.test\nSubject: Gr\u00FC\u00DFe, curl\n\nHello.\n");
        Clients.Result result = Clients.run(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--verbose",
                "--ssl-reqd",
                "--cacert",
                stack.certificate().toString(),
                "--user",
                "alice:alice-password",
                "--mail-from",
                "alice@example.test",
                "--mail-rcpt",
                "j\u00FCrgen@example.test",
                "--mail-rcpt",
                "bob@example.test",
                "--crlf",
                "--upload-file",
                message.toString(),
                "smtp://127.0.0.1:" + stack.endpoints().smtpPort()));
        assertEquals(0, result.exitCode(), result.output());
        mailbox("bob@example.test").await("Gr\u00FC\u00DFe, curl");
    }

    /** RFC 9422: swaks shows what EHLO offers inside TLS. */
    @Test
    void swaks() throws Exception {
        Clients.require("swaks");
        Clients.Result result = Clients.run(List.of(
                "swaks",
                "--server",
                "127.0.0.1",
                "--port",
                Integer.toString(stack.endpoints().smtpPort()),
                "--tls",
                "--quit-after",
                "EHLO"));
        for (String keyword :
                List.of("CHUNKING", "DSN", "LIMITS RCPTMAX=100", "FUTURERELEASE 604800 2", "REQUIRETLS")) {
            assertTrue(result.output().contains("<~  250-" + keyword), result.output());
        }
    }

    private static MimeMessage message(MailProgram program, String from, String to, String subject) throws Exception {
        var message = new MimeMessage(program.session());
        message.setFrom(new InternetAddress(from));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, "UTF-8");
        return message;
    }

    private static void assertAccepted(String reply) {
        assertTrue(reply.startsWith("250 Queued as "), reply);
    }

    /** @param lines regular expressions, each somewhere in the log */
    private void assertLogged(String... lines) throws IOException {
        String log = Files.readString(stack.home().logs().resolve("protocol.log"));
        for (String line : lines) {
            assertTrue(Pattern.compile(line).matcher(log).find(), line);
        }
    }

    private Mailbox mailbox(String address) {
        return new Mailbox(stack.endpoints(), address);
    }
}
