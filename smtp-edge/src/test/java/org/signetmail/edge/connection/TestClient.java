package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client for what scripts cannot say: two things at once, and times. */
public final class TestClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 15_000;

    private final Socket socket;

    public TestClient(Socket socket) {
        this.socket = socket;
    }

    public static TestClient connect(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096); // so that a client that does not read is noticed soon
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new TestClient(socket);
    }

    public TestClient inTls(SSLContext trust) throws IOException {
        return inTls(trust, "TLSv1.3");
    }

    public TestClient inTls(SSLContext trust, String protocol) throws IOException {
        var secured = (SSLSocket) trust.getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
        secured.setEnabledProtocols(new String[] {protocol});
        secured.setSoTimeout(TIMEOUT_MILLIS);
        secured.startHandshake();
        return new TestClient(secured);
    }

    /** Greeting, EHLO and AUTH. */
    public TestClient signIn() throws IOException {
        assertEquals("220 mail.example.test ESMTP Signet", reply());
        ask("EHLO client.example.test");
        assertEquals("235 Authentication successful", ask("AUTH PLAIN AGFsaWNlAGFsaWNlLXBhc3N3b3Jk"));
        return this;
    }

    public TestClient envelope() throws IOException {
        assertEquals("250 Ok", ask("MAIL FROM:<alice@example.test>"));
        assertEquals("250 Ok", ask("RCPT TO:<bob@example.test>"));
        return this;
    }

    public String ask(String line) throws IOException {
        send(line + "\r\n");
        return reply();
    }

    public void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The last line of the next reply; empty when the server has hung up. */
    public String reply() throws IOException {
        return wholeReply().lines().reduce("", (_, last) -> last);
    }

    /** Every line of the next reply. */
    public String wholeReply() throws IOException {
        var lines = new StringBuilder();
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            lines.append(line).append('\n');
            line = line();
        }
        return lines.append(line).toString();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        int octet = socket.getInputStream().read();
        while (octet >= 0 && octet != '\n') {
            line.append((char) octet);
            octet = socket.getInputStream().read();
        }
        return line.toString().stripTrailing();
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
