package org.signetmail.edge.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Accepts connections on one port and hands each to a virtual thread, which closes it when it is done. */
final class Listener implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Listener.class);
    private static final int BACKLOG = 1024;
    private static final int PAUSE_MILLIS = 100;

    private final String name;
    private final Door server;
    private final Consumer<AcceptedSocket> onAccept;

    Listener(String name, String host, int port, Consumer<AcceptedSocket> onAccept) throws IOException {
        this.name = name;
        this.onAccept = onAccept;
        this.server = new Door();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
        } catch (IOException e) {
            server.close();
            throw new IOException("Cannot listen for " + name + " on " + host + ":" + port, e);
        }
    }

    void start() {
        Thread.ofPlatform().daemon().name("smtp-" + name).start(this::acceptUntilClosed);
        LOG.infof("Listening for %s on %s", name, server.getLocalSocketAddress());
    }

    int port() {
        return server.getLocalPort();
    }

    private void acceptUntilClosed() {
        while (!server.isClosed()) {
            try {
                var socket = new AcceptedSocket();
                server.acceptInto(socket);
                Thread.ofVirtual()
                        .name("smtp-" + socket.getRemoteSocketAddress())
                        .start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) { // out of file descriptors, or a client that left at once
                    LOG.warnf("A connection for %s was not accepted: %s", name, e.getMessage());
                    pause();
                }
            }
        }
    }

    private void serve(AcceptedSocket accepted) {
        try (AcceptedSocket socket = accepted) {
            onAccept.accept(socket);
        } catch (IOException e) {
            LOG.debugf("Socket did not close: %s", e.getMessage());
        }
    }

    /** Nothing gets better by trying again at once. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** Lets connections in as sockets of our kind. */
    private static final class Door extends ServerSocket {
        private Door() throws IOException {
            super();
        }

        private void acceptInto(AcceptedSocket socket) throws IOException {
            implAccept(socket);
        }
    }
}
