package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.AuthenticationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.local.stack.LocalStack;

/** Every way to sign in, each by programs of others' making that have it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AuthClientsTest {
    private static final String ALICE = "alice@example.test";
    private static final String DENIED = "535 Authentication credentials invalid";

    private final LocalStack stack = SharedStack.get();
    private final SignInParts parts = SignInParts.shared();

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-256", "PLAIN", "LOGIN", "OAUTHBEARER", "XOAUTH2"})
    void msmtp(String mechanism) throws Exception {
        Clients.require("msmtp");
        Clients.Result result = msmtp(mechanism, secret(mechanism));
        assertEquals(0, result.exitCode(), result.output());
    }

    @Test
    void msmtpWithAWrongPasswordAndWithATokenForAnotherService() throws Exception {
        Clients.require("msmtp");
        Clients.Result wrong = msmtp("SCRAM-SHA-256", "wrong");
        assertNotEquals(0, wrong.exitCode());
        assertTrue(wrong.output().contains(DENIED), wrong.output());
        Clients.Result foreign = msmtp("OAUTHBEARER", parts.tokenForAnotherService());
        assertNotEquals(0, foreign.exitCode());
        assertTrue(foreign.output().contains(DENIED), foreign.output());
    }

    private Clients.Result msmtp(String mechanism, String secret) throws Exception {
        List<String> command = List.of(
                "msmtp",
                "--file=/dev/null",
                "--host=127.0.0.1",
                "--port=" + stack.endpoints().smtpPort(),
                "--tls=on",
                "--tls-starttls=on",
                "--tls-trust-file=" + stack.certificate(),
                "--auth=" + mechanism.toLowerCase(Locale.ROOT),
                "--user=alice",
                "--passwordeval=echo " + secret,
                "--from=" + ALICE,
                "bob@example.test");
        return Clients.run(command, message(ALICE, "msmtp " + mechanism));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "OAUTHBEARER", "EXTERNAL"})
    void curl(String mechanism) throws Exception {
        Clients.require("curl");
        var command = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--verbose",
                "--ssl-reqd",
                "--cacert",
                stack.certificate().toString(),
                "--login-options",
                "AUTH=" + mechanism,
                "--mail-from",
                ALICE,
                "--mail-rcpt",
                "bob@example.test",
                "--crlf",
                "--upload-file",
                message(ALICE, "curl " + mechanism).toString(),
                "smtp://127.0.0.1:" + stack.endpoints().smtpPort()));
        command.addAll(
                switch (mechanism) {
                    case "OAUTHBEARER" -> List.of("--user", "alice:", "--oauth2-bearer", parts.token());
                    case "EXTERNAL" ->
                        List.of(
                                "--user",
                                "alice:",
                                "--cert",
                                parts.certificate().toString(),
                                "--key",
                                parts.certificateKey().toString());
                    default -> List.of("--user", "alice:alice-password");
                });
        Clients.Result result = Clients.run(command);
        assertEquals(0, result.exitCode(), result.output());
        assertTrue(result.output().contains("> AUTH " + mechanism), result.output());
    }

    /** Old mail programs stop at TLS 1.2. */
    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3"})
    void curlOverEachVersionOfTls(String version) throws Exception {
        Clients.require("curl");
        Clients.Result result = Clients.run(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--verbose",
                "--tlsv" + version,
                "--tls-max",
                version,
                "--cacert",
                stack.certificate().toString(),
                "--user",
                "alice:alice-password",
                "--mail-from",
                ALICE,
                "--mail-rcpt",
                "bob@example.test",
                "--crlf",
                "--upload-file",
                message(ALICE, "TLS " + version).toString(),
                "smtps://127.0.0.1:" + stack.endpoints().smtpTlsPort()));
        assertEquals(0, result.exitCode(), result.output());
        assertTrue(result.output().contains("SSL connection using TLSv" + version), result.output());
    }

    /** GNU SASL's program signs in and says no more; it binds -PLUS to the channel by tls-exporter (RFC 9266). */
    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN", "LOGIN"})
    void gsasl(String mechanism) throws Exception {
        Clients.require("gsasl");
        Clients.Result right = gsasl(mechanism, "alice-password");
        assertEquals(0, right.exitCode(), right.output());
        assertTrue(right.output().contains("235 Authentication successful"), right.output());
        Clients.Result wrong = gsasl(mechanism, "wrong");
        assertNotEquals(0, wrong.exitCode(), wrong.output());
        assertTrue(wrong.output().contains(DENIED), wrong.output());
    }

    private Clients.Result gsasl(String mechanism, String password) throws Exception {
        var command = new ArrayList<>(List.of(
                "gsasl",
                "--smtp",
                "--verbose",
                "--connect=localhost:" + stack.endpoints().smtpPort(),
                "--x509-ca-file=" + stack.certificate(),
                "--mechanism=" + mechanism,
                "--authentication-id=alice",
                "--password=" + password));
        if (!mechanism.endsWith("-PLUS")) {
            command.add("--no-cb"); // else it suspects that -PLUS was hidden from it, and breaks off
        }
        return Clients.run(command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN"})
    void swaks(String mechanism) throws Exception {
        Clients.require("swaks");
        Clients.Result result = Clients.run(List.of(
                "swaks",
                "--server",
                "127.0.0.1",
                "--port",
                Integer.toString(stack.endpoints().smtpPort()),
                "--tls",
                "--auth",
                mechanism,
                "--auth-user",
                "alice",
                "--auth-password",
                "alice-password",
                "--from",
                ALICE,
                "--to",
                "bob@example.test",
                "--data",
                "@" + message(ALICE, "swaks " + mechanism)));
        assertEquals(0, result.exitCode(), result.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "XOAUTH2"})
    void pythonSmtplib(String mechanism) throws Exception {
        Clients.require("python3");
        Clients.Result result = Clients.run(List.of(
                "python3",
                Path.of("src/test/resources/clients/sign-in.py").toString(),
                Integer.toString(stack.endpoints().smtpPort()),
                stack.certificate().toString(),
                mechanism,
                "alice",
                secret(mechanism)));
        assertEquals(0, result.exitCode(), result.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "XOAUTH2"})
    void angusMail(String mechanism) throws Exception {
        try (MailProgram alice = MailProgram.signIn(stack, "alice", mechanism, secret(mechanism))) {
            assertTrue(alice.accepted(ALICE, "bob@example.test", "angus " + mechanism));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN", "XOAUTH2"})
    void angusMailWithTheWrongSecret(String mechanism) {
        assertThrows(AuthenticationFailedException.class, () -> MailProgram.signIn(stack, "alice", mechanism, "wrong"));
    }

    private static Path message(String from, String subject) throws IOException {
        String text = "From: " + from + "\nTo: bob@example.test\nSubject: " + subject + "\n\nHello.\n";
        return Files.writeString(Files.createTempFile(Path.of("target"), "message", ".eml"), text);
    }

    private String secret(String mechanism) throws Exception {
        return mechanism.contains("OAUTH") ? parts.token() : "alice-password";
    }
}
