package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.protocollog.Level;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;

/**
 * Nothing of an AUTH exchange is in the protocol log at its highest level, whatever the mechanism: each that EHLO offers,
 * and some that it does not, with every kind of response a client may send, right, wrong, cancelled and malformed.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CredentialsInLogTest {
    /** TestEdge's password of alice; where it has to be wrong, something else with the same end. */
    private static final String SECRET = "alice-password";

    private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.c2VjcmV0LXRva2Vu.c2lnbmF0dXJlLW9mLWl0";
    private static final Set<String> NOT_OFFERED =
            Set.of("CRAM-MD5", "NTLM", "X-UNHEARD-OF", "SCRAM-SHA-256", "XOAUTH2");

    /** What clients answer a challenge with, of all mechanisms; decoded. */
    private static final List<String> RESPONSES = List.of(
            "",
            "\0alice\0" + SECRET,
            "\0alice\0wrong-" + SECRET,
            "bob\0alice\0" + SECRET,
            "\0alice\0" + SECRET + "\0" + SECRET,
            "alice",
            SECRET,
            "n,,n=alice,r=" + SECRET,
            "c=biws,r=" + SECRET + "3rfcNHYJY1ZVvWVs7j,p=" + SECRET,
            "n,a=alice@example.test,\1host=mail.example.test\1auth=Bearer " + TOKEN + "\1\1",
            "user=alice@example.test\1auth=Bearer " + TOKEN + "\1\1",
            "\1",
            "alice " + SECRET);

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> nothingOfAnExchangeIsWritten() throws Exception {
        var mechanisms = new LinkedHashSet<String>(offered());
        assertTrue(mechanisms.contains("PLAIN"), mechanisms::toString);
        mechanisms.addAll(NOT_OFFERED);
        return mechanisms.stream()
                .map(mechanism -> DynamicTest.dynamicTest(mechanism, () -> {
                    String log = logOf(exchanges(mechanism));
                    assertTrue(log.contains("<<< AUTH"), log);
                    secrets().forEach(secret -> assertFalse(log.contains(secret), () -> secret + " in\n" + log));
                }));
    }

    /** The log names what the client chose, for every mechanism that there is; it is no secret. */
    @Test
    void everyMechanismOfferedIsNamed() throws Exception {
        for (String mechanism : offered()) {
            String log = logOf(List.of(List.of("AUTH " + mechanism.toLowerCase(Locale.ROOT) + " *")));
            assertTrue(log.toUpperCase(Locale.ROOT).contains("<<< AUTH " + mechanism + " ****"), log);
        }
    }

    /** Each a session of its own. */
    private static List<List<String>> exchanges(String mechanism) {
        List<List<String>> exchanges = new ArrayList<>();
        for (String response : RESPONSES) {
            String base64 = base64(response);
            exchanges.add(List.of("AUTH " + mechanism + " " + base64, base64, base64));
            exchanges.add(List.of("AUTH " + mechanism, base64, base64, base64));
            exchanges.add(List.of("auth\t" + mechanism + "  " + base64));
            exchanges.add(List.of("AUTH " + mechanism + " " + base64 + " " + base64));
            exchanges.add(List.of("AUTH " + mechanism, base64 + "!", base64));
            exchanges.add(List.of("AUTH " + mechanism, response.replace('\0', ' '), base64));
            exchanges.add(List.of("AUTH " + mechanism, "*", base64, "*"));
            exchanges.add(List.of("AUTH " + mechanism, base64 + "A".repeat(20_000), base64));
            exchanges.add(List.of("AUTH " + base64, base64));
            // LOGIN as it goes right.
            exchanges.add(List.of("AUTH " + mechanism, base64("alice"), base64, base64));
            exchanges.add(List.of("AUTH " + mechanism + " " + base64("alice"), base64, base64));
        }
        return exchanges;
    }

    /** In every form that an exchange may have them: as they are, and any part of them in base64 that gives them away. */
    private static Set<String> secrets() {
        var secrets = new LinkedHashSet<String>(Set.of(SECRET, TOKEN));
        for (String response : RESPONSES) {
            String base64 = base64(response);
            for (int i = 0; i + 12 <= base64.length(); i++) {
                secrets.add(base64.substring(i, i + 12));
            }
        }
        return secrets;
    }

    private String logOf(List<List<String>> exchanges) throws Exception {
        Path file = directory.resolve("protocol.log");
        Files.deleteIfExists(file);
        try (ProtocolLog log = ProtocolLog.open(Level.MAXIMUM, file)) {
            var edge = new TestEdge(_ -> Answer.of(Replies.accepted("test")), log);
            for (List<String> exchange : exchanges) {
                play(edge, exchange);
            }
        }
        return Files.readString(file);
    }

    private static Set<String> offered() throws Exception {
        var edge = new TestEdge(
                _ -> Answer.of(Replies.accepted("test")), ProtocolLog.open(Level.NONE, Path.of("target/unused.log")));
        return play(edge, List.of())
                .lines()
                .filter(line -> line.substring(4).startsWith("AUTH "))
                .flatMap(line -> Stream.of(line.substring(9).split(" ", -1)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Says everything at once, as a client that does not care, and gives what it reads. */
    private static String play(TestEdge edge, List<String> lines) throws Exception {
        var wire = new MemoryWire();
        Thread server = edge.serve(wire);
        String all = "EHLO client.example.test\r\n" + String.join("\r\n", lines) + "\r\n";
        wire.toServer().write(all.getBytes(StandardCharsets.ISO_8859_1));
        wire.hangUp();
        String replies = read(wire);
        assertTrue(server.join(Duration.ofSeconds(10)), "the connection did not end");
        return replies;
    }

    private static String read(MemoryWire wire) throws IOException {
        var replies = new StringBuilder();
        var reader = new BufferedReader(new InputStreamReader(wire.fromServer(), StandardCharsets.US_ASCII));
        String line = reader.readLine();
        while (line != null) {
            replies.append(line).append('\n');
            line = reader.readLine();
        }
        return replies.toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
