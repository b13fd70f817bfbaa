package org.signetmail.edge.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A next hop on a real socket that refuses, defers, breaks off and disappears as a test wants it. */
final class FakeNextHop implements AutoCloseable {
    /** @param content without dot-stuffing and end of data */
    record Received(String mail, List<String> recipients, byte[] content, boolean encrypted) {
        String text() {
            return new String(content, ISO_8859_1);
        }
    }

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<String> commands = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger breakInData = new AtomicInteger();
    volatile String greeting = "220 hop.test ready";
    volatile List<String> extensions = List.of("SIZE 30000000", "8BITMIME", "SMTPUTF8");
    volatile UnaryOperator<String> atMail = _ -> "250 2.1.0 ok";
    volatile UnaryOperator<String> atRcpt = _ -> "250 2.1.5 ok";
    volatile UnaryOperator<String> afterContent = _ -> "250 2.0.0 taken";
    /** To DATA after no recipient; a 354 is followed by a refusal of the content. */
    volatile String withoutRecipient = "503 5.5.1 no recipient";
    /** Whether more commands had come with the last MAIL. */
    volatile boolean moreCame;

    volatile Optional<SSLContext> tls = Optional.empty();

    private final boolean lmtp;
    private final InetAddress address;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;
    private volatile Thread acceptor;

    FakeNextHop(boolean lmtp, InetAddress address, int port) {
        this.lmtp = lmtp;
        this.address = address;
        this.port = port;
    }

    static FakeNextHop smtp(int port) {
        return smtp(InetAddress.getLoopbackAddress(), port);
    }

    /** @param address of this host, any of 127.0.0.0/8 */
    static FakeNextHop smtp(InetAddress address, int port) {
        return new FakeNextHop(false, address, port).listen();
    }

    static FakeNextHop lmtp(int port) {
        return new FakeNextHop(true, InetAddress.getLoopbackAddress(), port).listen();
    }

    String uri() {
        return (lmtp ? "lmtp" : "smtp") + "://127.0.0.1:" + port;
    }

    FakeNextHop listen() {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            listener = socket;
            acceptor = Thread.ofVirtual().start(() -> accept(socket));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections are refused and those that exist are cut. */
    void disappear() {
        close();
    }

    /** As a host that restarts or times out its idle sessions does. */
    void cutSessions() {
        sockets.forEach(FakeNextHop::cut);
    }

    @Override
    public void close() {
        try {
            listener.close();
            // The port is free only when nobody waits in accept any more.
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cutSessions();
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket socket = from.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (SocketException e) {
            // The listener was closed: no more sessions.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try {
            new Session(socket).run();
        } catch (IOException e) {
            // The client or the test closed the session.
            sockets.remove(socket);
        } finally {
            cut(socket);
        }
    }

    private final class Session {
        private Socket socket;
        private InputStream in;
        private String mail = "";
        private List<String> recipients = new ArrayList<>();

        Session(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedInputStream(socket.getInputStream());
        }

        void run() throws IOException {
            reply(greeting);
            String line = line();
            while (!line.equals("QUIT")) {
                commands.add(line);
                String verb = line.split("[ :]", 2)[0];
                switch (verb) {
                    case "EHLO", "LHLO" -> hello(verb);
                    case "STARTTLS" -> startTls();
                    case "AUTH" -> reply("334 ");
                    case "MAIL" -> {
                        mail = line;
                        moreCame = in.available() > 0;
                        reply(atMail.apply(line));
                    }
                    case "RCPT" -> recipient(line);
                    case "DATA" -> data();
                    case "RSET" -> reset("250 ok");
                    default -> reply("235 ok");
                }
                line = line();
            }
            reply("221 bye");
        }

        private void hello(String verb) throws IOException {
            if (verb.equals("LHLO") != lmtp) {
                reply("500 wrong protocol");
                return;
            }
            var lines = new ArrayList<>(List.of("hop.test"));
            lines.addAll(extensions);
            if (tls.isPresent() && !(socket instanceof SSLSocket)) {
                lines.add("STARTTLS");
            }
            for (int i = 0; i < lines.size(); i++) {
                reply("250" + (i + 1 < lines.size() ? "-" : " ") + lines.get(i));
            }
        }

        private void startTls() throws IOException {
            reply("220 go");
            var encrypted =
                    (SSLSocket) tls.orElseThrow().getSocketFactory().createSocket(socket, "hop.test", port, true);
            encrypted.setUseClientMode(false);
            socket = encrypted;
            in = new BufferedInputStream(encrypted.getInputStream());
        }

        private void recipient(String line) throws IOException {
            String path = line.substring("RCPT TO:<".length(), line.indexOf('>'));
            String reply = atRcpt.apply(path);
            if (reply.startsWith("2")) {
                recipients.add(path);
            }
            reply(reply);
        }

        private void data() throws IOException {
            if (recipients.isEmpty()) {
                reply(withoutRecipient);
                if (withoutRecipient.startsWith("354")) {
                    content();
                    reply("554 5.5.1 no recipient");
                }
                return;
            }
            reply("354 go");
            if (breakInData.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                line();
                throw new EOFException("As the test wants it");
            }
            byte[] content = content();
            var replies = new ArrayList<String>();
            for (String recipient : lmtp ? recipients : recipients.subList(0, 1)) {
                replies.add(afterContent.apply(recipient));
            }
            if (replies.stream().anyMatch(reply -> reply.startsWith("2"))) {
                received.add(new Received(mail, recipients, content, socket instanceof SSLSocket));
            }
            for (String reply : replies) {
                reply(reply);
            }
            recipients = new ArrayList<>();
        }

        private void reset(String reply) throws IOException {
            recipients = new ArrayList<>();
            reply(reply);
        }

        private byte[] content() throws IOException {
            var content = new ByteArrayOutputStream();
            for (String line = line(); !line.equals("."); line = line()) {
                content.writeBytes((line.startsWith(".") ? line.substring(1) : line).getBytes(ISO_8859_1));
                content.writeBytes(new byte[] {'\r', '\n'});
            }
            return content.toByteArray();
        }

        /** A line as Latin-1, so that each octet is a character. */
        private String line() throws IOException {
            var line = new StringBuilder();
            int before = 0;
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '\n' && before == '\r') {
                    return line.substring(0, line.length() - 1);
                }
                line.append((char) octet);
                before = octet;
            }
            throw new EOFException("End of session");
        }

        private void reply(String reply) throws IOException {
            socket.getOutputStream().write((reply + "\r\n").getBytes(ISO_8859_1));
        }
    }
}
