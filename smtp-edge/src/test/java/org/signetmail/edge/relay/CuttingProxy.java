package org.signetmail.edge.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A line to the next hop that breaks when a test wants it: in the content, or before the final reply comes back. */
final class CuttingProxy implements AutoCloseable {
    private static final int MID_CONTENT = 20_000;

    /** So many sessions more break with some of their content under way. */
    final AtomicInteger cutsInContent = new AtomicInteger();
    /** So many sessions more break when the next hop has taken the message, its reply on the way. */
    final AtomicInteger cutsBeforeReply = new AtomicInteger();

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;

    CuttingProxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    String uri() {
        return "smtp://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> carry(client, server));
                Thread.ofVirtual().start(() -> answer(server, client));
            }
        } catch (IOException e) {
            assert listener.isClosed() : e;
        }
    }

    private void carry(Socket client, Socket server) {
        var buffer = new byte[4096];
        int carried = 0;
        try (client;
                server) {
            InputStream in = client.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                server.getOutputStream().write(buffer, 0, read);
                carried += read;
                if (carried > MID_CONTENT && takes(cutsInContent)) {
                    return;
                }
            }
        } catch (IOException e) {
            // Either side is gone, and the other one goes with it.
            return;
        }
    }

    private void answer(Socket server, Socket client) {
        var buffer = new byte[4096];
        boolean inContent = false;
        try (server;
                client) {
            InputStream in = server.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (inContent && takes(cutsBeforeReply)) {
                    return;
                }
                inContent = new String(buffer, 0, read, ISO_8859_1).lines().anyMatch(line -> line.startsWith("354"));
                client.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            return;
        }
    }

    private static boolean takes(AtomicInteger cuts) {
        return cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
