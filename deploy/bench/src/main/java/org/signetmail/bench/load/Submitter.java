package org.signetmail.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.signetmail.bench.scenario.Load;
import org.signetmail.bench.scenario.Senders.Account;
import org.signetmail.bench.scenario.Submission;
import org.signetmail.bench.wire.Wire;

/** One connection of the load client: signs in once, then submits message after message. */
final class Submitter implements Closeable {
    private static final int CONNECT_MILLIS = 10_000;

    private final Load load;
    private final Tally tally;
    private final Wire wire;

    private Submitter(Load load, Tally tally, Wire wire) {
        this.load = load;
        this.tally = tally;
        this.wire = wire;
    }

    /** Connects and signs in. One context for all connections, so that TLS sessions are resumed as clients do. */
    static Submitter open(Door door, SSLContext trust, Load load, Account account, Tally tally)
            throws IOException, UnexpectedReply {
        var socket = new Socket();
        try {
            int port = switch (load.tls()) {
                case NONE, STARTTLS -> door.port();
                case IMPLICIT -> door.tlsPort();
            };
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            Wire wire = switch (load.tls()) {
                case NONE -> new Wire(socket);
                case STARTTLS -> secured(started(socket), port, trust);
                case IMPLICIT -> secured(socket, port, trust);
            };
            var submitter = new Submitter(load, tally, wire);
            if (load.tls() != Load.Tls.STARTTLS) {
                submitter.expect("connection", 220);
            }
            submitter.signIn(account);
            return submitter;
        } catch (IOException | UnexpectedReply e) {
            socket.close();
            throw e;
        }
    }

    /** RFC 3207. */
    private static Socket started(Socket socket) throws IOException, UnexpectedReply {
        var wire = new Wire(socket);
        expect(wire, "connection", 220);
        ask(wire, "EHLO", "EHLO bench.example.test\r\n", 250);
        ask(wire, "STARTTLS", "STARTTLS\r\n", 220);
        return socket;
    }

    private static Wire secured(Socket socket, int port, SSLContext trust) throws IOException {
        return new Wire(trust.getSocketFactory().createSocket(socket, "127.0.0.1", port, true));
    }

    /** @param due when the message was to be sent, in nanoseconds */
    void submit(Submission submission, Account account, byte[] content, long due) throws IOException, UnexpectedReply {
        String mailFrom = load.senders().number() == 0 ? submission.mailFrom() : account.address();
        String mail = "MAIL FROM:<" + mailFrom + ">\r\n";
        String rcpt = "RCPT TO:<" + load.recipient() + ">\r\n";
        switch (submission.answeredAt()) {
            case RCPT -> submitEnvelope(mail + rcpt, submission.finalReply(), due);
            case CONTENT -> submitMessage(mail, rcpt, content, submission.finalReply(), due);
        }
    }

    /** As a client does that pipelines, and is refused: DATA has gone out already, and RSET comes before the next MAIL. */
    private void submitEnvelope(String envelope, int expected, long due) throws IOException, UnexpectedReply {
        long sent = System.nanoTime();
        wire.write(octets(envelope + "DATA\r\n"));
        expect("MAIL", 250);
        tally.answered(Reply.read(wire), expected, due, sent);
        Reply.read(wire); // to DATA; servers differ in what they call it
        ask("RSET", "RSET\r\n", 250);
    }

    private void submitMessage(String mail, String rcpt, byte[] content, int expected, long due)
            throws IOException, UnexpectedReply {
        if (load.pipelining()) {
            wire.write(octets(mail + rcpt + "DATA\r\n"));
            expect("MAIL", 250);
            expect("RCPT", 250);
            expect("DATA", 354);
        } else {
            ask("MAIL", mail, 250);
            ask("RCPT", rcpt, 250);
            ask("DATA", "DATA\r\n", 354);
        }
        wire.write(content);
        long contentSent = System.nanoTime();
        tally.answered(Reply.read(wire), expected, due, contentSent);
    }

    void quit() throws IOException, UnexpectedReply {
        ask("QUIT", "QUIT\r\n", 221);
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    private void signIn(Account account) throws IOException, UnexpectedReply {
        ask("EHLO", "EHLO bench.example.test\r\n", 250);
        // RFC 4616: authorization identity (none), login and password, parted by NUL.
        byte[] credentials = ("\0" + account.login() + "\0" + account.password()).getBytes(StandardCharsets.UTF_8);
        String initial = Base64.getEncoder().encodeToString(credentials);
        long sent = System.nanoTime();
        ask("AUTH", "AUTH PLAIN " + initial + "\r\n", 235);
        tally.signedIn(sent);
    }

    private void ask(String command, String line, int code) throws IOException, UnexpectedReply {
        ask(wire, command, line, code);
    }

    private void expect(String command, int code) throws IOException, UnexpectedReply {
        expect(wire, command, code);
    }

    private static void ask(Wire wire, String command, String line, int code) throws IOException, UnexpectedReply {
        wire.write(octets(line));
        expect(wire, command, code);
    }

    private static void expect(Wire wire, String command, int code) throws IOException, UnexpectedReply {
        Reply reply = Reply.read(wire);
        if (reply.code() != code) {
            throw new UnexpectedReply(command, reply);
        }
    }

    private static byte[] octets(String line) {
        return line.getBytes(StandardCharsets.US_ASCII);
    }
}
