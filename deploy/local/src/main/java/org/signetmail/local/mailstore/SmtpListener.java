package org.signetmail.local.mailstore;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Accepts the relay's connections; each is one conversation on a virtual thread. */
final class SmtpListener {
    private static final int BACKLOG = 200;
    private static final int IDLE_MILLIS = (int) Duration.ofMinutes(10).toMillis();

    private final ServerSocket server;
    private final Mailboxes mailboxes;

    private SmtpListener(ServerSocket server, Mailboxes mailboxes) {
        this.server = server;
        this.mailboxes = mailboxes;
    }

    static SmtpListener open(int port, Mailboxes mailboxes) throws IOException {
        return new SmtpListener(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()), mailboxes);
    }

    int port() {
        return server.getLocalPort();
    }

    void close() throws IOException {
        server.close();
    }

    void acceptUntilClosed() throws IOException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                threads.execute(() -> converse(socket));
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(IDLE_MILLIS);
            new SmtpConversation(socket.getInputStream(), socket.getOutputStream(), mailboxes).run();
        } catch (IOException e) {
            System.out.println("Connection lost: " + e);
        }
    }
}
