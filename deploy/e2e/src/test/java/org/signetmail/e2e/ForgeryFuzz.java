package org.signetmail.e2e;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.connection.TestEdge;
import org.signetmail.edge.fuzz.FlightWire;
import org.signetmail.edge.fuzz.Fuzz;
import org.signetmail.edge.intake.Consequences;
import org.signetmail.edge.intake.MessageIntake;
import org.signetmail.edge.intake.Probes;
import org.signetmail.edge.intake.ReceivedMessage;
import org.signetmail.edge.policy.VerdictEvent;
import org.signetmail.edge.policy.VerdictEvent.Violation;
import org.signetmail.edge.protocollog.Level;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.trace.Traces;
import org.signetmail.policy.check.DisplayNameAddress;

/**
 * Alice submits mutated messages that try to be somebody else's, through the edge's session, reading and intake to policy's
 * judge. What is accepted is shown to readers that take more than we do: none may see an address that is not hers.
 */
final class ForgeryFuzz {
    private static final String ALICE = "AGFsaWNlAGFsaWNlLXBhc3N3b3Jk";
    private static final int MESSAGES_OF_A_SESSION = 50;
    private static final List<String> MESSAGES = List.of(
            "From: alice@example.test\r\nTo: bob@example.test\r\nSubject: x\r\n\r\nHello\r\n",
            "From: Alice <alice@example.test>\r\nSender: alice.smith@example.test\r\n\r\nHello\r\n",
            "From: \"Smith, Alice\" <alice@example.test>,\r\n"
                    + " alice.smith@example.test\r\n"
                    + "Sender: alice@example.test\r\n\r\n",
            "Subject: x\r\n"
                    + "From: (the boss) alice@example.test (ceo@example.test)\r\n"
                    + "Resent-From: alice@example.test\r\n\r\n",
            "From: =?utf-8?q?ceo=40example=2Etest?= <alice+x@example.test>\r\nReply-To: ceo@example.test\r\n\r\n",
            "From: \"ceo@example.test\" <\"alice\"@example.test>\r\nResent-Sender: alice@example.test\r\n\r\n",
            "From: alice@example.test\r\nX: y\r\n\tz\r\nFrom2: ceo@example.test\r\n\r\nFrom: ceo@example.test\r\n",
            "From: ceo@example.test\r\nSender: alice@example.test\r\n\r\n");
    private static final List<String> TOKENS = List.of(
            "ceo@example.test",
            "<ceo@example.test>",
            "From: ceo@example.test\r\n",
            "Sender: ceo@example.test\r\n",
            ", ",
            ",",
            ";",
            ":",
            "<",
            ">",
            "\"",
            "\\\"",
            "(",
            ")",
            "[",
            "]",
            "@",
            "%",
            "\r\n ",
            "\r\n\t",
            "\r\n",
            "\n",
            "\r",
            "\0",
            "=?utf-8?q?",
            "?=",
            "=?utf-8?b?Y2VvQGV4YW1wbGUudGVzdA==?=",
            "=40",
            "\u00C3\u00BC",
            "\u00A0",
            "\u00FF",
            "\u00E2\u0080\u008B",
            "From:",
            "From :",
            "from:",
            "\r\nFrom:",
            " <alice@example.test>",
            "alice@example.test",
            "ceo",
            "example.test",
            "\u007F",
            "\u0000",
            "\u000B",
            "\u000C",
            "Resent-From: ceo@example.test\r\n",
            "undisclosed:",
            "@a,@b:",
            "..",
            ".",
            "+",
            "--",
            "\r\n\r\n",
            " ");
    private static final List<String> ENVELOPES = List.of(
            "MAIL FROM:<alice@example.test>\r\n", "MAIL FROM:<>\r\n", "MAIL FROM:<alice@example.test> SMTPUTF8\r\n");

    private final Random random;
    private final TestEdge edge;
    private final Deque<byte[]> relayed = new ArrayDeque<>();
    private long sent;
    private long accepted;

    ForgeryFuzz(long seed) {
        random = new Random(seed);
        var intake = new MessageIntake(
                Optional.empty(),
                new JudgeInProcess(DisplayNameAddress.ALLOW),
                new Kept(),
                new Probes(),
                new EdgeMetrics(new SimpleMeterRegistry()),
                Traces.none(),
                Clock.systemUTC());
        edge = new TestEdge(intake, ProtocolLog.open(Level.NONE, Path.of("target/unused.log")));
    }

    /** Messages that were accepted. */
    long accepted() {
        return accepted;
    }

    void run(long messages) throws Exception {
        sent = 0;
        while (sent < messages) {
            var client = new Client();
            edge.serve(new FlightWire(client::next)).join();
            if (client.failure.isPresent()) {
                throw client.failure.get();
            }
        }
    }

    /** One session after the other with pipelined envelopes; it ends early when the edge hangs up on a broken message. */
    private final class Client {
        private Optional<AssertionError> failure = Optional.empty();
        private int flight;

        private String next(String heard) {
            flight++;
            if (heard.startsWith("4") || heard.contains("421 ") || flight > 2 * MESSAGES_OF_A_SESSION + 2) {
                return null;
            }
            if (flight == 1) {
                return "EHLO client.example.test\r\nAUTH PLAIN " + ALICE + "\r\n";
            }
            if (heard.contains("\r\n354 ")) {
                return content() + "\r\n.\r\n";
            }
            check(heard);
            boolean goesOn =
                    failure.isEmpty() && (heard.startsWith("250") || heard.startsWith("554 ") && flight % 2 == 0);
            return goesOn ? Fuzz.one(random, ENVELOPES) + "RCPT TO:<bob@example.test>\r\nDATA\r\n" : null;
        }

        private void check(String heard) {
            byte[] message = relayed.poll();
            if (message == null) {
                return;
            }
            accepted++;
            Set<String> seen = LenientReaders.originators(message);
            boolean all = !seen.isEmpty() && seen.stream().allMatch(ForgeryFuzz::isAlices);
            if (!all || !heard.startsWith("250 Queued")) {
                failure = Optional.of(new AssertionError("Accepted, and readers see " + seen + ":\n"
                        + new String(message, StandardCharsets.ISO_8859_1)));
            }
        }

        private String content() {
            sent++;
            return Fuzz.mutated(random, Fuzz.one(random, MESSAGES), TOKENS);
        }
    }

    private static boolean isAlices(String address) {
        return address.matches("alice(\\.smith)?(\\+.*)?@example\\.test");
    }

    /** Keeps what would be relayed, for the readers. */
    private final class Kept implements Consequences {
        @Override
        public void relay(ReceivedMessage message, VerdictEvent verdict) {
            try {
                relayed.add(message.submission().content().part(0, Integer.MAX_VALUE));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void record(ReceivedMessage message, VerdictEvent verdict, Violation violation, Optional<Path> copy) {
            // The reply is what matters.
        }
    }
}
