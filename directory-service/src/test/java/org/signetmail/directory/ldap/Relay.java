package org.signetmail.directory.ldap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between a client and a server; before a certain request of the client goes on, something happens. */
final class Relay implements AutoCloseable {
    /** What happens. */
    interface Event {
        void happen() throws InterruptedException;
    }

    private final ServerSocket listener;
    private final int server;
    private final int request;
    private final Event event;

    /** @param request counted from the first of each connection; a client that waits for answers writes one at a time */
    Relay(int server, int request, Event event) throws IOException {
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.server = server;
        this.request = request;
        this.event = event;
        Thread.ofPlatform().daemon().name("relay").start(this::accept);
    }

    String url() {
        return "ldap://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept();
                    Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
                Thread.ofPlatform().daemon().name("answers").start(() -> answers(upstream, client));
                requests(client.getInputStream(), upstream.getOutputStream());
            } catch (IOException ended) {
                continue; // one of them is away, which is what this is for
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void requests(InputStream client, OutputStream upstream) throws IOException, InterruptedException {
        byte[] buffer = new byte[64 * 1024];
        int count = 0;
        for (int length = client.read(buffer); length > 0; length = client.read(buffer)) {
            if (++count == request) {
                event.happen();
            }
            upstream.write(buffer, 0, length);
        }
    }

    private static void answers(Socket upstream, Socket client) {
        try (upstream;
                client) {
            upstream.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
