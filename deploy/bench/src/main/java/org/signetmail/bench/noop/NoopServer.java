package org.signetmail.bench.noop;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.signetmail.bench.wire.Wire;

/**
 * The server of the baseline: nothing cheaper answers SMTP on virtual threads, so what a run against it yields is the most
 * that the load client and this machine's loopback can show. Argument: port.
 */
public final class NoopServer implements AutoCloseable {
    private static final int BACKLOG = 1000;

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private NoopServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** Listens on a loopback port; 0 for a free one. */
    public static NoopServer open(int port) throws IOException {
        return new NoopServer(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()));
    }

    public static void main(String[] arguments) throws IOException {
        try (NoopServer server = open(Integer.parseInt(arguments[0]))) {
            server.acceptUntilClosed();
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void acceptUntilClosed() throws IOException {
        try {
            while (true) {
                Socket socket = listener.accept();
                threads.execute(() -> converse(socket));
            }
        } catch (SocketException e) {
            if (!listener.isClosed()) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private static void converse(Socket socket) {
        try (var wire = new Wire(socket)) {
            new NoopConversation(wire).run();
        } catch (EOFException e) {
            // A client may go without QUIT, as who only looks whether the port answers.
        } catch (IOException e) {
            System.err.println("Connection lost: " + e);
        }
    }
}
