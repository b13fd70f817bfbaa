package org.signetmail.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The next hop of all relays: takes everything and keeps it in memory, in the order of arrival. */
final class NextHop implements AutoCloseable {
    static final int PORT = 2525;
    private static final int BACKLOG = 200;

    /** A copy that was delivered. */
    record Mail(String recipient, String text) {}

    private final Queue<Mail> mails = new ConcurrentLinkedQueue<>();
    private final ServerSocket listener;

    NextHop(Net net) throws IOException {
        listener = new ServerSocket(PORT, BACKLOG, InetAddress.getByName(net.nextHop()));
        Thread.ofVirtual().start(this::accept);
    }

    List<Mail> mails() {
        return List.copyOf(mails);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return; // Closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            converse(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)),
                    socket);
        } catch (IOException _) {
            // The relay was killed, and what it had not heard of counts as not delivered.
            return;
        }
    }

    private void converse(BufferedReader in, Socket socket) throws IOException {
        var recipients = new ArrayList<String>();
        reply(socket, "220 store.example.test");
        for (String line = in.readLine(); line != null && !line.equals("QUIT"); line = in.readLine()) {
            if (line.startsWith("RCPT TO:<")) {
                recipients.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
            }
            if (line.equals("DATA")) {
                reply(socket, "354 go on");
                String text = content(in);
                recipients.forEach(recipient -> mails.add(new Mail(recipient, text)));
                recipients.clear();
            }
            if (line.equals("RSET")) {
                recipients.clear();
            }
            reply(socket, "250 taken");
        }
    }

    private static String content(BufferedReader in) throws IOException {
        var text = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new IOException("Cut within the content");
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static void reply(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
