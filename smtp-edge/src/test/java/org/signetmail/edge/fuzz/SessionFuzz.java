package org.signetmail.edge.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.signetmail.edge.connection.TestEdge;
import org.signetmail.edge.protocollog.Level;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;
import org.signetmail.edge.session.Submission;

/**
 * Whole sessions of random and mutated lines and messages, through the real connection, readers, parser and session. What
 * the client reads is checked against {@link ClientModel}; every third client knows the password.
 */
final class SessionFuzz {
    private static final int MOST_FLIGHTS = 60;
    private static final List<String> TOKENS = List.of(
            "\r\n",
            "\r\n.\r\n",
            ".\r\n",
            "\n.\n",
            "\r.\r",
            "\r\n.",
            "\n",
            "\r",
            "\0",
            "..",
            "<",
            ">",
            "\"",
            "\\",
            "@",
            ":",
            " SIZE=1",
            " SMTPUTF8",
            " BODY=8BITMIME",
            " AUTH=<>",
            " RET=HDRS",
            " ENVID=x",
            " NOTIFY=NEVER",
            " REQUIRETLS",
            " LAST",
            "alice",
            "MAIL FROM:<alice@example.test>\r\n",
            "RCPT TO:<bob@example.test>\r\n",
            "DATA\r\n",
            "RSET\r\n",
            "AUTH ",
            "=",
            "*",
            "\t",
            "A".repeat(5000),
            "\u00FF",
            "\u00C3\u00BC");
    private static final List<String> LINES = List.of(
            "EHLO client.example.test",
            "HELO client.example.test",
            "EHLO",
            "STARTTLS",
            "STARTTLS now",
            "AUTH PLAIN",
            "AUTH PLAIN =",
            "AUTH LOGIN",
            "AUTH SCRAM-SHA-256 " + base64("n,,n=alice,r=x"),
            "AUTH SCRAM-SHA-256-PLUS " + base64("p=tls-exporter,,n=alice,r=x"),
            "AUTH XOAUTH2",
            "AUTH PLAIN " + base64("\0alice\0wrong"),
            "MAIL FROM:<alice@example.test>",
            "MAIL FROM:<>",
            "MAIL FROM:<alice@example.test> SIZE=100 BODY=8BITMIME",
            "MAIL FROM:<\"a b\"@example.test>",
            "MAIL FROM:<alice@example.test> RET=FULL ENVID=a+2B HOLDFOR=60",
            "mail from: <alice@example.test> SMTPUTF8",
            "RCPT TO:<bob@example.test>",
            "RCPT TO:<Postmaster>",
            "rcpt to:<carol@[192.0.2.1]>",
            "RCPT TO:<bob@example.test> NOTIFY=NEVER",
            "RCPT TO:<\"a > b\"@example.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a",
            "DATA",
            "DATA",
            "RSET",
            "NOOP",
            "NOOP x",
            "VRFY bob",
            "HELP",
            "EXPN list",
            "QUIT",
            "BDAT 5",
            "BDAT 0 LAST",
            "XCLIENT ADDR=192.0.2.1",
            "");
    private static final List<String> RESPONSES = List.of(
            base64("\0alice\0" + ClientModel.PASSWORD),
            base64("alice"),
            base64(ClientModel.PASSWORD),
            base64("\0alice\0wrong"),
            base64("wrong"),
            base64("c=biws,r=x%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=" + base64("p".repeat(32))),
            "*",
            "=",
            "",
            "not base64");
    private static final List<String> MESSAGES = List.of(
            "From: alice@example.test\r\nSubject: x\r\n\r\nHello\r\n..\r\n.hidden\r\n",
            "From: alice@example.test\r\n\r\nFirst\r\n\r\n.\r\nMAIL FROM:<ceo@example.test>\r\n",
            "From: \"A \\\" B\" <alice@example.test>,\r\n"
                    + " bob@example.test\r\n"
                    + "Sender: alice@example.test\r\n\r\n"
                    + "\u00FC\r\n",
            "",
            "\r\n",
            ".",
            "no header at all");

    private final Random random;
    private final TestEdge edge;
    private final ConcurrentLinkedQueue<ClientModel.Sent> taken = new ConcurrentLinkedQueue<>();
    private long messages;

    SessionFuzz(long seed) {
        random = new Random(seed);
        edge = new TestEdge(this::take, ProtocolLog.open(Level.NONE, Path.of("target/unused.log")));
    }

    /** Messages that were accepted. */
    long messages() {
        return messages;
    }

    /** Runs until so many lines were answered; gives the number of sessions. */
    long run(long lines) throws IOException, InterruptedException {
        long sessions = 0;
        long answered = 0;
        while (answered < lines) {
            answered += session(sessions);
            sessions++;
        }
        return sessions;
    }

    private Answer take(Submission submission) {
        try {
            taken.add(new ClientModel.Sent(
                    Optional.of(submission.transaction().reversePath().address()),
                    submission.transaction().forwardPaths().size(),
                    new String(submission.content().part(0, Integer.MAX_VALUE), StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!submission.account().equals("alice")) {
            throw new IllegalStateException("A message of somebody else");
        }
        return Answer.of(Replies.accepted("test"));
    }

    private long session(long number) throws IOException, InterruptedException {
        var client = new Client(number % 3 == 0);
        var wire = new FlightWire(client::next);
        edge.serve(wire).join();
        if (client.failure.isPresent() || wire.replies().contains("421 Local error")) {
            throw new AssertionError(
                    "Session " + number + ":\n" + shown(client.said.toString()) + "\n--- and read\n"
                            + shown(wire.replies()),
                    client.failure.orElse(null));
        }
        return client.model.lines();
    }

    private static String shown(String octets) {
        return octets.replace("\r", "\\r").replace("\n", "\\n\n").replace("\0", "\\0");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One client, which says something whenever it is waited for. */
    private final class Client {
        private final ClientModel model = new ClientModel();
        private final StringBuilder said = new StringBuilder();
        private final List<String> planned = new ArrayList<>();
        private Optional<Throwable> failure = Optional.empty();
        private int flights;

        private Client(boolean knowsThePassword) {
            if (knowsThePassword) {
                planned.add("EHLO client.example.test\r\n");
                planned.add("AUTH PLAIN " + RESPONSES.getFirst() + "\r\n");
            }
        }

        /** Left to chance, few would come as far as a message. */
        private void planAMessage() {
            planned.add("MAIL FROM:<alice@example.test>\r\n");
            planned.add("RCPT TO:<bob@example.test>\r\n");
            planned.add(model.offersChunking() && random.nextBoolean() ? chunk() : "DATA\r\n");
        }

        /** The next flight, or null to hang up. */
        private String next(String heard) {
            try {
                var accepted = new ArrayList<ClientModel.Sent>();
                for (var sent = taken.poll(); sent != null; sent = taken.poll()) {
                    accepted.add(sent);
                }
                messages += accepted.size();
                boolean listens = model.heard(heard, accepted);
                flights++;
                if (!listens || flights > MOST_FLIGHTS) {
                    return null;
                }
                if (planned.isEmpty() && random.nextInt(8) == 0) {
                    planAMessage();
                }
                String flight = planned.isEmpty() || model.awaitsContent() ? flight() : planned.removeFirst();
                model.sent(flight);
                said.append(flight);
                return flight;
            } catch (RuntimeException | AssertionError e) {
                failure = Optional.of(e);
                return null;
            }
        }

        private String flight() {
            if (model.awaitsContent()) {
                return random.nextInt(4) == 0 ? "\r\n.\r\n" : content();
            }
            if (model.isChallenged()) {
                return line(Fuzz.one(random, RESPONSES));
            }
            if (random.nextInt(30) == 0) { // noise without any sense
                var noise = new StringBuilder();
                random.ints(random.nextInt(1, 200), 0, 256).forEach(octet -> noise.append((char) octet));
                return noise.toString();
            }
            var flight = new StringBuilder();
            int lines = random.nextInt(3) == 0 ? random.nextInt(1, 5) : 1;
            for (int i = 0; i < lines; i++) {
                flight.append(
                        model.offersChunking() && random.nextInt(10) == 0 ? chunk() : line(Fuzz.one(random, LINES)));
            }
            return flight.toString();
        }

        private String line(String text) {
            String line = text + "\r\n";
            return random.nextInt(4) == 0 ? notEmpty(Fuzz.mutated(random, line, TOKENS)) : line;
        }

        private String content() {
            String message = Fuzz.one(random, MESSAGES);
            String content = random.nextInt(3) > 0 ? Fuzz.mutated(random, message, TOKENS) : message;
            return notEmpty(random.nextBoolean() ? content + "\r\n.\r\n" : content);
        }

        /** RFC 3030: its length first; now and then it is not what was announced. */
        private String chunk() {
            String message = Fuzz.one(random, MESSAGES);
            String piece = message.substring(random.nextInt(message.length() + 1));
            String chunk = "BDAT " + piece.length() + (random.nextBoolean() ? " LAST" : "") + "\r\n" + piece;
            return random.nextInt(4) == 0 ? Fuzz.mutated(random, chunk, TOKENS) : chunk;
        }

        private static String notEmpty(String flight) {
            return flight.isEmpty() ? "\r\n" : flight;
        }
    }
}
