package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.edge.connection.SmtpServer.Kind;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;
import org.signetmail.edge.session.Submission;

/**
 * A server with a hundred sessions is told to stop. Ten stand at each place where a session can stand; each transaction is
 * finished, nothing that was answered is lost, nothing else is accepted, and everybody reads 421 as the last word.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DrainOfManyTest {
    private static final String SHUTTING_DOWN = "421 Service shutting down, closing transmission channel";
    private static final String REFUSED = "554 Originator address does not match authentication credentials";
    private static final String TRY_AGAIN = "451 Requested action aborted: cannot be checked now, try again later";
    private static final String ACCEPTED = "250 Queued as ";
    private static final int OF_EACH = 10;

    /** Where a session stands when the server is told to stop. */
    private enum State {
        GREETED,
        IN_AUTH,
        SIGNED_IN,
        AFTER_MAIL,
        AFTER_RCPT,
        IN_CONTENT,
        AWAITS_VERDICT,
        AWAITS_ACKNOWLEDGEMENT,
        IN_HANDSHAKE,
        PIPELINES;

        /** Between its transactions, or not so far yet. */
        private boolean hasTransaction() {
            return switch (this) {
                case GREETED, IN_AUTH, SIGNED_IN, IN_HANDSHAKE -> false;
                case AFTER_MAIL, AFTER_RCPT, IN_CONTENT, AWAITS_VERDICT, AWAITS_ACKNOWLEDGEMENT, PIPELINES -> true;
            };
        }
    }

    /** What the client is called, and its message. */
    private record Sender(State state, int number) {
        private String name() {
            return state + "-" + number;
        }

        private String content() {
            return "From: alice@example.test\r\nSubject: " + name() + "\r\n\r\nHi\r\n.\r\n";
        }

        /** Every third is refused, every third deferred. */
        private String expected() {
            return switch (number % 3) {
                case 0 -> REFUSED;
                case 1 -> TRY_AGAIN;
                default -> ACCEPTED + name();
            };
        }
    }

    /** Messages that were made durable, as signet.outbound would hold them. */
    private final Set<String> durable = ConcurrentHashMap.newKeySet();

    private final CountDownLatch held = new CountDownLatch(3 * OF_EACH);
    private final Gate kafka = new Gate();

    @Test
    void aHundredSessionsInAllStates() throws Exception {
        SelfSigned certificate = SelfSigned.shared();
        List<Sender> senders = new ArrayList<>();
        for (State state : State.values()) {
            for (int i = 0; i < OF_EACH; i++) {
                senders.add(new Sender(state, i));
            }
        }
        try (var fixture = new ServerFixture(
                        certificate, "max-connections-per-address", "0", "max-connections-per-account", "0");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            fixture.intake = this::take;
            Map<Sender, TestClient> clients = new ConcurrentHashMap<>();
            all(threads.invokeAll(senders.stream()
                    .<Callable<Object>>map(sender -> () -> clients.put(sender, inState(sender, fixture)))
                    .toList()));
            fixture.awaitConnections(senders.size());
            assertTrue(held.await(15, TimeUnit.SECONDS), "messages wait for verdict and acknowledgement");
            var readiness = new SmtpReadiness(fixture.server);
            Thread stopping = fixture.stopping();
            assertEquals("DOWN", readiness.call().getStatus().name());
            kafka.open();
            all(threads.invokeAll(senders.stream()
                    .<Callable<Object>>map(sender -> () -> finish(sender, clients.get(sender), certificate))
                    .toList()));
            assertTrue(stopping.join(Duration.ofSeconds(20)), "within the grace period");
            assertEquals(
                    0,
                    fixture.meters.get("signet.edge.sessions.failed").counter().count());
        }
        assertEquals(
                senders.stream()
                        .filter(sender -> sender.state.hasTransaction()
                                && sender.expected().startsWith(ACCEPTED))
                        .map(Sender::name)
                        .collect(Collectors.toSet()),
                durable);
    }

    private static void all(List<Future<Object>> futures) throws Exception {
        for (Future<Object> future : futures) {
            future.get();
        }
    }

    /** Stands for policy-service and Kafka, which some messages wait for. */
    private Answer take(Submission submission) {
        String content = new String(submission.content().header(), StandardCharsets.ISO_8859_1);
        String name = content.replaceAll("(?s).*Subject: (\\S+)\r\n.*", "$1");
        int dash = name.lastIndexOf('-');
        var sender = new Sender(State.valueOf(name.substring(0, dash)), Integer.parseInt(name.substring(dash + 1)));
        switch (sender.state) {
            case AWAITS_VERDICT, AWAITS_ACKNOWLEDGEMENT, PIPELINES -> {
                held.countDown();
                kafka.pass();
            }
            case GREETED, IN_AUTH, SIGNED_IN, AFTER_MAIL, AFTER_RCPT, IN_CONTENT, IN_HANDSHAKE -> {
                // Answered at once.
            }
        }
        String expected = sender.expected();
        if (expected.startsWith(ACCEPTED)) {
            durable.add(name);
            return Answer.of(Replies.accepted(name));
        }
        return Answer.of(expected.equals(REFUSED) ? Replies.ORIGINATOR_REFUSED : Replies.TRY_AGAIN);
    }

    private static TestClient inState(Sender sender, ServerFixture fixture) throws IOException {
        if (sender.state == State.IN_HANDSHAKE) {
            return TestClient.connect(fixture.server.port(Kind.SUBMISSIONS));
        }
        TestClient client = fixture.connect();
        switch (sender.state) {
            case GREETED -> client.reply();
            case IN_AUTH -> {
                client.reply();
                client.ask("EHLO client.example.test");
                assertEquals("334 VXNlcm5hbWU6", client.ask("AUTH LOGIN"));
            }
            case SIGNED_IN -> client.signIn();
            case AFTER_MAIL -> client.signIn().ask("MAIL FROM:<alice@example.test>");
            case AFTER_RCPT -> client.signIn().envelope();
            case IN_CONTENT -> {
                client.signIn().envelope().ask("DATA");
                client.send(sender.content().substring(0, 20));
            }
            case AWAITS_VERDICT, AWAITS_ACKNOWLEDGEMENT -> {
                client.signIn().envelope().ask("DATA");
                client.send(sender.content());
            }
            case PIPELINES -> {
                client.signIn();
                client.send("MAIL FROM:<>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n");
                assertEquals("250 Ok", client.reply());
                assertEquals("250 Ok", client.reply());
                assertEquals("354 Start mail input; end with <CRLF>.<CRLF>", client.reply());
                // The next group follows at once; no part of it may be carried out.
                client.send(sender.content() + "MAIL FROM:<>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n");
            }
            case IN_HANDSHAKE -> throw new IllegalStateException("Not in the clear");
        }
        return client;
    }

    /** Goes on as a mail program does and reads to the end. */
    private static Object finish(Sender sender, TestClient client, SelfSigned certificate) throws IOException {
        try (client) {
            TestClient speaking = sender.state == State.IN_HANDSHAKE ? client.inTls(certificate.context()) : client;
            switch (sender.state) {
                case AFTER_MAIL -> {
                    assertEquals("250 Ok", client.ask("RCPT TO:<bob@example.test>"));
                    client.ask("DATA");
                    client.send(sender.content());
                }
                case AFTER_RCPT -> {
                    client.ask("DATA");
                    client.send(sender.content());
                }
                case IN_CONTENT -> client.send(sender.content().substring(20));
                case GREETED, IN_AUTH, SIGNED_IN, AWAITS_VERDICT, AWAITS_ACKNOWLEDGEMENT, IN_HANDSHAKE, PIPELINES -> {
                    // Only listens.
                }
            }
            if (sender.state.hasTransaction()) {
                assertEquals(sender.expected(), speaking.reply(), sender.name());
            }
            assertEquals(SHUTTING_DOWN, speaking.reply(), sender.name());
            assertEquals("", speaking.reply(), sender.name());
            return sender;
        }
    }
}
