package org.signetmail.bench.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkTest {
    private ServerSocket server;
    private Link link;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        link = Link.to(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        server.close();
    }

    @Test
    void bothDirectionsAreCarried() throws IOException {
        try (Socket near = connect();
                Socket far = server.accept()) {
            near.getOutputStream().write("ask".getBytes(StandardCharsets.US_ASCII));
            assertEquals('a', far.getInputStream().read());
            far.getOutputStream().write('!');
            assertEquals('!', near.getInputStream().read());
            near.shutdownOutput();
            assertEquals(2, far.getInputStream().readAllBytes().length);
        }
    }

    @Test
    void whatIsSentOverACutLinkArrivesWhenItIsMended() throws IOException {
        try (Socket near = connect();
                Socket far = server.accept()) {
            link.cut();
            near.getOutputStream().write('x');
            far.setSoTimeout(50);
            assertThrows(
                    SocketTimeoutException.class, () -> far.getInputStream().read());
            far.setSoTimeout(0);
            link.mend();
            assertEquals('x', far.getInputStream().read());
        }
    }

    @Test
    void aDelayIsKept() throws IOException {
        try (Socket near = connect();
                Socket far = server.accept()) {
            link.delay(Duration.ofMillis(30));
            long begin = System.nanoTime();
            near.getOutputStream().write('x');
            assertEquals('x', far.getInputStream().read());
            assertTrue(System.nanoTime() - begin >= Duration.ofMillis(30).toNanos());
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), link.port());
    }
}
