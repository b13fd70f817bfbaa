package org.signetmail.edge.canary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.edge.EdgeMetrics.CanaryResult;
import org.signetmail.edge.canary.ProbeClient.Security;
import org.signetmail.edge.canary.ProbeClient.Target;

/** What a probe makes of what it reads. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ProbeClientTest {
    private static final String EXPECTED = "554 Originator address does not match authentication credentials";
    private static final List<String> TO_THE_END =
            List.of("220 mail", "250-mail\r\n250 AUTH PLAIN", "334 ", "235 Ok", "250 Ok", "250 Ok", "354 Go on");

    private final List<String> said = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "554 Originator address does not match authentication credentials, REFUSED",
        "250 Queued as 1, ACCEPTED",
        "451 Try again, DEFERRED",
        "554 Account is suspended, OTHER_REPLY",
        "421 Shutting down, DEFERRED"
    })
    void theFinalReplyDecides(String reply, CanaryResult result) throws IOException {
        var replies = new ArrayList<>(TO_THE_END);
        replies.add(reply);
        assertEquals(new ProbeResult(result, reply), probe(replies));
        assertTrue(said.contains("MAIL FROM:<>"), said::toString);
        assertTrue(said.contains("From: canary@signet.invalid"), said::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 421 Too many connections, DEFERRED",
        "0, 554 No, OTHER_REPLY",
        "3, 535 Authentication credentials invalid, SIGN_IN_REFUSED",
        "3, 454 Temporary authentication failure, DEFERRED",
        "4, 452 Too many messages this hour, DEFERRED",
        "6, 503 Need RCPT before DATA, OTHER_REPLY"
    })
    void whatStopsItOnTheWay(int step, String reply, CanaryResult result) throws IOException {
        var replies = new ArrayList<>(TO_THE_END.subList(0, step));
        replies.add(reply);
        assertEquals(result, probe(replies).result());
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertEquals(
                CanaryResult.UNREACHABLE,
                client(port).submit("a@b.invalid", "", EXPECTED).result());
    }

    @Test
    void theConnectionEndsWithoutAReply() throws IOException {
        assertEquals(CanaryResult.UNREACHABLE, probe(TO_THE_END.subList(0, 5)).result());
    }

    private static ProbeClient client(int port) {
        return new ProbeClient(
                new Target("127.0.0.1", port, Security.NONE), "canary", "secret", Duration.ofSeconds(10));
    }

    private ProbeResult probe(List<String> replies) throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(listener, replies));
            return client(listener.getLocalPort())
                    .submit(
                            "canary@signet.invalid",
                            "From: canary@signet.invalid\r\nSubject: x\r\n\r\nHi\r\n",
                            EXPECTED);
        }
    }

    /** A server that gives one reply after the other, whatever it hears, and then hangs up. */
    private void serve(ServerSocket listener, List<String> replies) {
        try (Socket socket = listener.accept()) {
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            boolean content = false;
            for (String reply : replies) {
                socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
                content = reply.startsWith("354");
                String line = lines.readLine();
                said.add(String.valueOf(line));
                while (content && line != null && !line.equals(".")) {
                    line = lines.readLine();
                    said.add(String.valueOf(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
