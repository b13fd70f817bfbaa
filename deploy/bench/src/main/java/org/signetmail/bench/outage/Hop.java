package org.signetmail.bench.outage;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.signetmail.bench.wire.Wire;

/** A next hop that takes all mail and says which numbers came; it can be down, when its port refuses connections. */
final class Hop implements AutoCloseable {
    private static final int BACKLOG = 200;
    private static final String NUMBER = "Message-ID: <";

    private final int port;
    private final IntConsumer arrival;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> sessions = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;

    /** @param arrival is told the number of each message before the relay reads that it was taken */
    Hop(int port, IntConsumer arrival) {
        this.port = port;
        this.arrival = arrival;
    }

    void up() throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        listener = socket;
        threads.execute(() -> accept(socket));
    }

    void down() throws IOException {
        listener.close();
        for (Socket session : sessions) {
            session.close();
        }
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket socket = from.accept();
                sessions.add(socket);
                threads.execute(() -> converse(socket));
            }
        } catch (SocketException e) {
            if (!from.isClosed()) {
                System.err.println("Next hop: " + e);
            }
        } catch (IOException e) {
            System.err.println("Next hop: " + e);
        }
    }

    private void converse(Socket socket) {
        try (var wire = new Wire(socket)) {
            say(wire, "220 hop.test ready");
            while (answer(wire, wire.readLine())) {
                // until QUIT
            }
        } catch (EOFException | SocketException e) {
            // The relay gave up an idle session, or this hop went down.
        } catch (IOException e) {
            System.err.println("Next hop: " + e);
        } finally {
            sessions.remove(socket);
        }
    }

    private boolean answer(Wire wire, String command) throws IOException {
        String verb = command.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO" -> say(wire, "250-hop.test\r\n250-8BITMIME\r\n250-DSN\r\n250 SMTPUTF8");
            case "DATA" -> {
                say(wire, "354 go");
                take(wire);
                say(wire, "250 taken");
            }
            case "QUIT" -> say(wire, "221 bye");
            default -> say(wire, "250 ok");
        }
        return !verb.equals("QUIT");
    }

    private void take(Wire wire) throws IOException {
        int number = -1;
        for (String line = wire.readLine(); !line.equals("."); line = wire.readLine()) {
            if (number < 0 && line.startsWith(NUMBER)) {
                number = Integer.parseInt(line.substring(NUMBER.length(), line.indexOf('.')));
            }
        }
        if (number >= 0) {
            arrival.accept(number);
        }
    }

    private static void say(Wire wire, String reply) throws IOException {
        wire.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        down();
        threads.shutdownNow();
    }
}
