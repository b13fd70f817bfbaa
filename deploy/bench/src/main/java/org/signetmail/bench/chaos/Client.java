package org.signetmail.bench.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.signetmail.bench.chaos.Sent.Answer;
import org.signetmail.bench.wire.Wire;

/** A connection of alice's, which tells for each message what she was answered. */
final class Client implements Closeable {
    /** Longer than an edge waits for a verdict and for Kafka. */
    private static final int SILENCE_MILLIS = 40_000;

    private static final int CONNECT_MILLIS = 5_000;
    private static final String FILL = ("x".repeat(76) + "\r\n").repeat(20);

    private final Wire wire;

    private Client(Wire wire) {
        this.wire = wire;
    }

    /** Connects and signs in. */
    static Client open(int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            var client = new Client(new Wire(socket, SILENCE_MILLIS));
            client.expect(220);
            client.say("EHLO chaos.example.test\r\n");
            client.expect(250);
            byte[] credentials = "\0alice\0alice-password".getBytes(StandardCharsets.US_ASCII);
            client.say("AUTH PLAIN " + Base64.getEncoder().encodeToString(credentials) + "\r\n");
            client.expect(235);
            return client;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Any other reply than a final one ends the connection, as {@link IOException}: then the message was not sent. */
    Answer submit(String id, boolean forged) throws IOException {
        say("MAIL FROM:<alice@example.test>\r\nRCPT TO:<%s@example.test>\r\nDATA\r\n".formatted(id));
        expect(250);
        expect(250);
        expect(354);
        String content = """
            From: <%s@example.test>
            To: <%s@example.test>
            Subject: %s
            Message-ID: <%s@chaos.example.test>

            """.replace("\n", "\r\n").formatted(forged ? "ceo" : "alice", id, id, id);
        try {
            say(content + FILL + ".\r\n");
            return Answer.of(reply());
        } catch (IOException e) {
            return Answer.NONE;
        }
    }

    private void say(String text) throws IOException {
        wire.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void expect(int code) throws IOException {
        int reply = reply();
        if (reply != code) {
            throw new IOException(String.format(Locale.ROOT, "%d instead of %d", reply, code));
        }
    }

    private int reply() throws IOException {
        String line = wire.readLine();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = wire.readLine();
        }
        return Integer.parseInt(line, 0, 3, 10);
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
