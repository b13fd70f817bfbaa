package org.signetmail.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.signetmail.bench.scenario.Load;
import org.signetmail.bench.wire.Wire;

/** One connection of the load client: signs in once, then submits message after message. */
final class Submitter implements Closeable {
    private static final int CONNECT_MILLIS = 10_000;

    private final Load load;
    private final Tally tally;
    private final Wire wire;
    private final byte[] mail;
    private final byte[] rcpt;
    private final byte[] data = octets("DATA\r\n");
    private final byte[] group;

    private Submitter(Load load, Tally tally, Wire wire) {
        this.load = load;
        this.tally = tally;
        this.wire = wire;
        String from = "MAIL FROM:<" + load.mailFrom() + ">\r\n";
        String to = "RCPT TO:<" + load.recipient() + ">\r\n";
        mail = octets(from);
        rcpt = octets(to);
        group = octets(from + to + "DATA\r\n");
    }

    /** Connects and signs in. */
    static Submitter open(int port, Load load, Tally tally) throws IOException, UnexpectedReply {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            var submitter = new Submitter(load, tally, new Wire(socket));
            submitter.greet();
            return submitter;
        } catch (IOException | UnexpectedReply e) {
            socket.close();
            throw e;
        }
    }

    void submit(byte[] content) throws IOException, UnexpectedReply {
        switch (load.answeredAt()) {
            case RCPT -> submitEnvelope();
            case CONTENT -> submitMessage(content);
        }
    }

    /** As a client does that pipelines, and is refused: DATA has gone out already, and RSET comes before the next MAIL. */
    private void submitEnvelope() throws IOException, UnexpectedReply {
        long sent = System.nanoTime();
        wire.write(group);
        expect("MAIL", 250);
        tally.answered(Reply.read(wire), sent, sent);
        Reply.read(wire); // to DATA; servers differ in what they call it
        ask("RSET", octets("RSET\r\n"), 250);
    }

    private void submitMessage(byte[] content) throws IOException, UnexpectedReply {
        long mailSent = System.nanoTime();
        if (load.pipelining()) {
            wire.write(group);
            expect("MAIL", 250);
            expect("RCPT", 250);
            expect("DATA", 354);
        } else {
            ask("MAIL", mail, 250);
            ask("RCPT", rcpt, 250);
            ask("DATA", data, 354);
        }
        wire.write(content);
        long contentSent = System.nanoTime();
        tally.answered(Reply.read(wire), mailSent, contentSent);
    }

    void quit() throws IOException, UnexpectedReply {
        ask("QUIT", octets("QUIT\r\n"), 221);
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    private void greet() throws IOException, UnexpectedReply {
        expect("connection", 220);
        ask("EHLO", octets("EHLO bench.example.test\r\n"), 250);
        // RFC 4616: authorization identity (none), login and password, parted by NUL.
        byte[] credentials = ("\0" + load.login() + "\0" + load.password()).getBytes(StandardCharsets.UTF_8);
        String initial = Base64.getEncoder().encodeToString(credentials);
        long sent = System.nanoTime();
        ask("AUTH", octets("AUTH PLAIN " + initial + "\r\n"), 235);
        tally.signedIn(sent);
    }

    private void ask(String command, byte[] line, int code) throws IOException, UnexpectedReply {
        wire.write(line);
        expect(command, code);
    }

    private void expect(String command, int code) throws IOException, UnexpectedReply {
        Reply reply = Reply.read(wire);
        if (reply.code() != code) {
            throw new UnexpectedReply(command, reply);
        }
    }

    private static byte[] octets(String line) {
        return line.getBytes(StandardCharsets.US_ASCII);
    }
}
