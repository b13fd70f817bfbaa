package org.signetmail.edge.connection;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.signetmail.edge.protocollog.SessionLog;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;
import org.signetmail.edge.session.Content;
import org.signetmail.edge.session.Line;
import org.signetmail.edge.session.Outcome;
import org.signetmail.edge.session.Session;

/**
 * Carries one session over one socket, on a virtual thread of its own: reads a line, asks the session, does what the
 * outcome says.
 */
public final class Connection implements Runnable {
    private static final Logger LOG = Logger.getLogger(Connection.class);
    private static final int MAX_SASL_LINE = 12_288; // RFC 4954 section 4

    private enum Phase {
        BUSY,
        IDLE,
        CLOSED
    }

    private final ConnectionContext context;
    private final Session session;
    private final SessionLog log;
    private final InputBuffer input;
    private final LineReader lines;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.BUSY);
    private Wire wire;
    private OutputStream output;
    private volatile boolean draining;

    public Connection(ConnectionContext context, Wire wire, Session session, SessionLog log) throws IOException {
        this.context = context;
        this.wire = wire;
        this.session = session;
        this.log = log;
        this.output = new BufferedOutputStream(wire.output(), 1024);
        this.input = new InputBuffer(wire.input(), () -> output.flush());
        this.lines = new LineReader(input);
    }

    @Override
    public void run() {
        try (Wire _ = wire) {
            log.event("connected");
            say(session.greeting());
            while (phase.get() != Phase.CLOSED) {
                Line line = awaitLine();
                if (line instanceof Line.End || phase.get() == Phase.CLOSED) {
                    break;
                }
                perform(session.on(line));
            }
            output.flush();
        } catch (SocketTimeoutException _) {
            lastWord(Replies.TIMED_OUT);
        } catch (IOException e) {
            LOG.debugf("Connection broke: %s", e.getMessage());
            log.event("broken");
        } finally {
            log.event("disconnected");
        }
    }

    /** Ends a session that is between transactions, at once; one inside a transaction ends after its answer. */
    void drain() {
        draining = true;
        if (phase.compareAndSet(Phase.IDLE, Phase.CLOSED)) {
            lastWord(Replies.SHUTTING_DOWN);
        }
    }

    /** Ends the connection whatever it is doing. */
    void abort() {
        try {
            wire.close();
        } catch (IOException e) {
            LOG.debugf("Connection did not close: %s", e.getMessage());
        }
    }

    private Line awaitLine() throws IOException {
        if (!session.inTransaction()) {
            phase.set(Phase.IDLE);
            if (draining) {
                drain();
            }
        }
        boolean secret = session.expectsSecret();
        wire.timeout(context.commandTimeoutMillis());
        Line line = lines.read(secret ? MAX_SASL_LINE : context.maxLineLength());
        phase.compareAndSet(Phase.IDLE, Phase.BUSY);
        if (line instanceof Line.Text(String octets)) {
            if (secret) {
                log.clientSecret();
            } else {
                log.client(octets);
            }
        }
        return line;
    }

    private void perform(Outcome outcome) throws IOException {
        switch (outcome) {
            case Outcome.Say(Reply reply) -> say(reply);
            case Outcome.Close(Reply reply) -> close(reply);
            case Outcome.StartTls(Reply reply) -> startTls(reply);
            case Outcome.Authenticate(var credentials) ->
                perform(session.authenticated(context.authenticator().authenticate(credentials)));
            case Outcome.ReceiveContent(Reply reply) -> receive(reply);
            case Outcome.Submit(var submission) ->
                perform(session.answered(context.intake().take(submission)));
        }
    }

    private void say(Reply reply) throws IOException {
        reply.lines(context.replyStyle()).forEach(log::server);
        output.write(reply.encode(context.replyStyle()));
        context.metrics().replied(reply);
    }

    private void close(Reply reply) throws IOException {
        phase.set(Phase.CLOSED);
        say(reply);
        output.flush();
    }

    private void startTls(Reply reply) throws IOException {
        if (input.hasMore()) { // RFC 3207 section 6: nothing sent in the clear may count as sent inside TLS
            close(Replies.EARLY_TLS);
            return;
        }
        say(reply);
        output.flush();
        Wire.Secured secured = wire.upgrade();
        wire = secured.wire();
        output = new BufferedOutputStream(wire.output(), 1024);
        input.continueFrom(wire.input());
        session.tlsStarted(secured.protocol());
        log.event("tls " + secured.protocol());
    }

    private void receive(Reply reply) throws IOException {
        if (input.hasMore()) { // RFC 2920 section 3.1: DATA ends a group
            close(Replies.EARLY_CONTENT);
            return;
        }
        say(reply);
        wire.timeout(context.dataTimeoutMillis());
        Content content = new ContentReader(input, context.maxMessageSize(), context.maxHeaderSize()).read();
        if (content instanceof Content.Message(byte[] octets)) {
            log.data(octets);
        }
        perform(session.received(content));
    }

    /** Said outside the loop, when the client may not listen any more. */
    private void lastWord(Reply reply) {
        try (Wire _ = wire) {
            say(reply);
            output.flush();
        } catch (IOException e) {
            LOG.debugf("Client did not take its last reply: %s", e.getMessage());
        }
    }
}
