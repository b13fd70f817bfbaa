package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.local.stack.LocalStack;

/**
 * Programs that people send mail with, over STARTTLS and over implicit TLS: an honest message arrives, a forged one is
 * refused with the exact words.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ClientsTest {
    private static final String REFUSAL = "554 Originator address does not match authentication credentials";
    private static final String STARTTLS = "STARTTLS";

    private final LocalStack stack = SharedStack.get();

    @ParameterizedTest
    @ValueSource(strings = {STARTTLS, "TLS"})
    void swaks(String tls) throws Exception {
        Clients.require("swaks");
        sendsHonestAndForged(
                "swaks " + tls,
                (from, message) -> List.of(
                        "swaks",
                        "--server",
                        "127.0.0.1",
                        "--port",
                        port(tls),
                        tls.equals(STARTTLS) ? "--tls" : "--tls-on-connect",
                        "--auth",
                        "PLAIN",
                        "--auth-user",
                        "alice",
                        "--auth-password",
                        "alice-password",
                        "--from",
                        from,
                        "--to",
                        "bob@example.test",
                        "--data",
                        "@" + message));
    }

    @ParameterizedTest
    @ValueSource(strings = {STARTTLS, "TLS"})
    void curl(String tls) throws Exception {
        Clients.require("curl");
        sendsHonestAndForged(
                "curl " + tls,
                (from, message) -> List.of(
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
                        from,
                        "--mail-rcpt",
                        "bob@example.test",
                        "--crlf",
                        "--upload-file",
                        message.toString(),
                        (tls.equals(STARTTLS) ? "smtp" : "smtps") + "://127.0.0.1:" + port(tls)));
    }

    @ParameterizedTest
    @ValueSource(strings = {STARTTLS, "TLS"})
    void pythonSmtplib(String tls) throws Exception {
        Clients.require("python3");
        Path script = Path.of("src/test/resources/clients/submit.py");
        sendsHonestAndForged(
                "smtplib " + tls,
                (from, message) -> List.of(
                        "python3",
                        script.toString(),
                        tls,
                        port(tls),
                        stack.certificate().toString(),
                        "alice",
                        "alice-password",
                        from,
                        "bob@example.test",
                        message.toString()));
    }

    @Test
    void angusMailWithStarttls() throws Exception {
        try (MailProgram alice = MailProgram.signIn(stack, "alice")) {
            sendsHonestAndForged(alice, "angus STARTTLS");
        }
    }

    @Test
    void angusMailWithTls() throws Exception {
        try (MailProgram alice = MailProgram.signInTls(stack, "alice")) {
            sendsHonestAndForged(alice, "angus TLS");
        }
    }

    private void sendsHonestAndForged(MailProgram alice, String name) throws Exception {
        assertTrue(alice.accepted("alice@example.test", "bob@example.test", name + " honest"));
        assertEquals(REFUSAL, alice.send("ceo@example.test", "bob@example.test", name + " forged"));
        mailbox("bob").await(name + " honest");
    }

    private interface CommandLine {
        List<String> of(String from, Path message);
    }

    private void sendsHonestAndForged(String name, CommandLine commandLine) throws Exception {
        Clients.Result honest =
                Clients.run(commandLine.of("alice@example.test", message("alice@example.test", name + " honest")));
        assertEquals(0, honest.exitCode(), honest.output());
        Clients.Result forged =
                Clients.run(commandLine.of("alice@example.test", message("ceo@example.test", name + " forged")));
        assertNotEquals(0, forged.exitCode(), forged.output());
        assertTrue(forged.output().contains(REFUSAL), forged.output());
        mailbox("bob").await(name + " honest");
        mailbox("alice").await(name + " forged");
    }

    private static Path message(String from, String subject) throws IOException {
        String text = "From: " + from + "\nTo: bob@example.test\nSubject: " + subject + "\n\nHello.\n";
        return Files.writeString(Files.createTempFile(Path.of("target"), "message", ".eml"), text);
    }

    private String port(String tls) {
        int port = tls.equals(STARTTLS)
                ? stack.endpoints().smtpPort()
                : stack.endpoints().smtpTlsPort();
        return Integer.toString(port);
    }

    private Mailbox mailbox(String user) {
        return new Mailbox(stack.endpoints(), user + "@example.test");
    }
}
