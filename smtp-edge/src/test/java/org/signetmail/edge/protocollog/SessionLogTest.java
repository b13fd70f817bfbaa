package org.signetmail.edge.protocollog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.signetmail.edge.content.StoredMessage;

class SessionLogTest {
    private final List<String> written = new ArrayList<>();

    @Test
    void minimumHasConnectionsAndOutcomes() {
        dialogue(log(Level.MINIMUM));
        assertEquals(
                List.of(
                        "--- connected",
                        ">>> 235 Authentication succeeded",
                        ">>> 554-Originator address does not match authentication credentials",
                        ">>> 554 Ask your administrator",
                        "--- disconnected"),
                written);
    }

    @Test
    void mediumHasCommandsAndReplies() {
        dialogue(log(Level.MEDIUM));
        assertEquals(
                List.of(
                        "--- connected",
                        ">>> 220 mail.example.test",
                        "<<< EHLO laptop",
                        ">>> 250-mail.example.test",
                        ">>> 250 AUTH PLAIN LOGIN",
                        "<<< AUTH LOGIN",
                        ">>> 334 ****",
                        "<<< ****",
                        ">>> 334 ****",
                        "<<< ****",
                        ">>> 235 Authentication succeeded",
                        "<<< MAIL FROM:<ceo@example.test>",
                        ">>> 250 OK",
                        "<<< DATA",
                        ">>> 354 Go on",
                        "<<< (message, 44 octets)",
                        ">>> 554-Originator address does not match authentication credentials",
                        ">>> 554 Ask your administrator",
                        "<<< QUIT",
                        ">>> 221 Bye",
                        "--- disconnected"),
                written);
    }

    @Test
    void maximumHasHeaderLinesToo() {
        log(Level.MAXIMUM)
                .data(StoredMessage.of(
                        "From: a\u00FC\r\n\tb\r\nX: 1\r\n\r\nBody\r\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("<<< (message, 29 octets)", "<<< From: a\u00FC", "<<< \\u{9}b", "<<< X: 1"), written);
    }

    @Test
    void noneHasNothing() {
        dialogue(log(Level.NONE));
        assertEquals(List.of(), written);
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void credentialsAppearAtNoLevel(Level level) {
        SessionLog log = log(level);
        log.client("AUTH PLAIN AHNlY3JldABzZWNyZXQ=");
        log.client("  auth\tplain\tAHNlY3JldABzZWNyZXQ=");
        log.client("AUTH AHNlY3JldABzZWNyZXQ=");
        log.server("334 c2VjcmV0");
        log.client("AHNlY3JldABzZWNyZXQ=");
        log.server("535 No");
        log.client("AHNlY3JldABzZWNyZXQ=");
        log.client("PASS secret");
        log.client("");
        log.clientSecret();
        String all = String.join("\n", written);
        assertEquals(-1, all.toLowerCase(Locale.ROOT).indexOf("secret"), all);
        assertEquals(-1, all.indexOf("2Vjc"), all);
        assertEquals(-1, all.indexOf("AHN"), all);
    }

    @Test
    void anAddressedLineCannotBeForged() {
        SessionLog log = log(Level.MEDIUM);
        log.client("NOOP x\r\n2026-01-15 --- connected\u202E\u0085\u2028\\\u001B[2J\uD800 \u00FC\uD83D\uDE00");
        assertEquals(
                List.of("<<< NOOP x\\u{D}\\u{A}2026-01-15 ---"
                        + " connected\\u{202E}\\u{85}\\u{2028}\\\\\\u{1B}[2J\\u{D800} \u00FC\uD83D\uDE00"),
                written);
    }

    private static void dialogue(SessionLog log) {
        log.event("connected");
        log.server("220 mail.example.test");
        log.client("EHLO laptop");
        log.server("250-mail.example.test");
        log.server("250 AUTH PLAIN LOGIN");
        log.client("AUTH LOGIN");
        log.server("334 VXNlcm5hbWU6");
        log.clientSecret();
        log.server("334 UGFzc3dvcmQ6");
        log.clientSecret();
        log.server("235 Authentication succeeded");
        log.client("MAIL FROM:<ceo@example.test>");
        log.server("250 OK");
        log.client("DATA");
        log.server("354 Go on");
        log.data(StoredMessage.of(
                "From: ceo@example.test\r\nSubject: x\r\n\r\nBody\r\n".getBytes(StandardCharsets.US_ASCII)));
        log.server("554-Originator address does not match authentication credentials");
        log.server("554 Ask your administrator");
        log.client("QUIT");
        log.server("221 Bye");
        log.event("disconnected");
    }

    private SessionLog log(Level level) {
        return new SessionLog(_ -> level, (direction, text) -> written.add(direction + " " + text));
    }
}
