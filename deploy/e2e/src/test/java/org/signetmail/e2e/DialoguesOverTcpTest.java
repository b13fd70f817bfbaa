package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.signetmail.local.dialogue.Dialogue;
import org.signetmail.local.dialogue.DialoguePlayer;
import org.signetmail.local.dialogue.SocketPeer;
import org.signetmail.local.secrets.TrustedCertificate;
import org.signetmail.local.stack.Endpoints;
import org.signetmail.local.stack.LocalStack;

/** The dialogues of the verdict table and of the protocol against the whole suite. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DialoguesOverTcpTest {
    /** Their exchanges are known beforehand: a directory that is away, nonces, tokens. OutageTest and AuthClientsTest have those. */
    private static final Pattern NEEDS_A_FAKE = Pattern.compile("auth-(unavailable|scram.*|oauthbearer.*|xoauth2.*)");

    private final LocalStack stack = SharedStack.get();

    @TestFactory
    Stream<DynamicTest> everyTrickGetsItsVerdict() {
        return tests(Dialogues.VERDICTS);
    }

    @TestFactory
    Stream<DynamicTest> theProtocol() {
        return tests(Dialogues.PROTOCOL);
    }

    @Test
    void theRefusalStandsInTheProtocolLog() throws Exception {
        try (MailProgram alice = MailProgram.signIn(stack, "alice")) {
            alice.send("ceo@example.test", "bob@example.test", "protocol log");
        }
        String log = Files.readString(stack.home().logs().resolve("protocol.log"));
        assertTrue(log.contains(">>> 554 Originator address does not match authentication credentials\n"), log);
    }

    private Stream<DynamicTest> tests(Path directory) {
        return Dialogue.below(directory).stream()
                .filter(dialogue -> !NEEDS_A_FAKE.matcher(dialogue.name()).matches())
                .map(dialogue -> DynamicTest.dynamicTest(dialogue.name(), () -> play(dialogue)));
    }

    private void play(Dialogue dialogue) throws IOException {
        try (var socket = new Socket(Endpoints.HOST, stack.endpoints().smtpPort())) {
            new DialoguePlayer(dialogue).play(new SocketPeer(socket, TrustedCertificate.context(stack.certificate())));
        }
    }
}
