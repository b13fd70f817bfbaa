package org.signetmail.bench.outage;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.signetmail.bench.wire.Wire;

/** One connection of alice's, which submits numbered messages. */
final class Sender implements Closeable {
    private static final String LINES = ("x".repeat(76) + "\r\n").repeat(24);

    private final Wire wire;

    private Sender(Wire wire) {
        this.wire = wire;
    }

    static Sender open(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            var sender = new Sender(new Wire(socket));
            sender.expect(220);
            sender.ask("EHLO bench.example.test", 250);
            String credentials =
                    Base64.getEncoder().encodeToString("\0alice\0alice-password".getBytes(StandardCharsets.US_ASCII));
            sender.ask("AUTH PLAIN " + credentials, 235);
            return sender;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Returns when the message is answered 250.
     *
     * @param notify what of the message its sender is to be told (RFC 3461)
     * @return System.nanoTime() at the end of its content
     */
    long submit(int number, String recipient, String notify) throws IOException {
        write("MAIL FROM:<alice@example.test>\r\nRCPT TO:<" + recipient + "> NOTIFY=" + notify + "\r\nDATA\r\n");
        expect(250);
        expect(250);
        expect(354);
        write("From: <alice@example.test>\r\nTo: <" + recipient + ">\r\nSubject: outage\r\nMessage-ID: <" + number
                + ".outage@bench.example.test>\r\n\r\n" + LINES + ".\r\n");
        long sent = System.nanoTime();
        expect(250);
        return sent;
    }

    private void ask(String command, int code) throws IOException {
        write(command + "\r\n");
        expect(code);
    }

    private void write(String text) throws IOException {
        wire.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void expect(int code) throws IOException {
        String line = wire.readLine();
        while (line.startsWith("-", 3)) {
            line = wire.readLine();
        }
        if (!line.startsWith(Integer.toString(code))) {
            throw new IOException("Not " + code + ": " + line);
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
