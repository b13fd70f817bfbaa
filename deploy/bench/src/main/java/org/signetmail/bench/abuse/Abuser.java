package org.signetmail.bench.abuse;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/** A connection of a client that means ill. Each has an address of 127.0.0.0/8 that it shares with a few others. */
final class Abuser implements Closeable {
    /** Fewer than the edge lets in from one address. */
    private static final int OF_AN_ADDRESS = 50;

    private static final int LIMIT_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;

    private Abuser(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 512);
    }

    /** @param number of the connection, which decides over its address */
    static Abuser connect(int number, int port) throws IOException {
        return new Abuser(plain(number, port));
    }

    static Abuser connectTls(int number, int port, SSLContext trust) throws IOException {
        Socket socket = plain(number, port);
        try {
            return new Abuser(trust.getSocketFactory().createSocket(socket, "127.0.0.1", port, true));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket plain(int number, int port) throws IOException {
        int host = number / OF_AN_ADDRESS;
        byte[] address = {127, 1, (byte) (host / 250), (byte) (1 + host % 250)};
        var socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Greeting, EHLO and AUTH; fails when the edge does not let it in. */
    void signIn(String login) throws IOException {
        expect("220");
        ask("EHLO abuse.example.test", "250");
        byte[] response = ("\0" + login + "\0" + login + "-password").getBytes(StandardCharsets.UTF_8);
        ask("AUTH PLAIN " + Base64.getEncoder().encodeToString(response), "235");
    }

    void ask(String line, String expected) throws IOException {
        send(line + "\r\n");
        expect(expected);
    }

    void expect(String expected) throws IOException {
        String reply = reply();
        if (!reply.startsWith(expected)) {
            throw new IOException(reply.isEmpty() ? "hung up" : reply);
        }
    }

    void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    /** The last line of the next reply; empty when the edge has hung up. */
    String reply() throws IOException {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        return line;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        int octet = in.read();
        while (octet >= 0 && octet != '\n') {
            line.append((char) octet);
            octet = in.read();
        }
        return line.toString().stripTrailing();
    }

    /** Hangs up without a good-bye, so that no port stays taken for a minute. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
