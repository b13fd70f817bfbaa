package org.signetmail.edge.connection;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.signetmail.edge.EdgeMetrics.MessageResult;
import org.signetmail.edge.EdgeMetrics.Refusal;
import org.signetmail.edge.auth.Authentication;
import org.signetmail.edge.auth.SecureChannel;
import org.signetmail.edge.content.Draft;
import org.signetmail.edge.protocollog.SessionLog;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;
import org.signetmail.edge.session.Content;
import org.signetmail.edge.session.Line;
import org.signetmail.edge.session.Outcome;
import org.signetmail.edge.session.Session;

/**
 * Carries one session over one socket, on a virtual thread of its own: reads a line, asks the session, does what the
 * outcome says. Other threads never write; they only stop its reading, or abort it.
 */
public final class Connection implements Runnable {
    private static final Logger LOG = Logger.getLogger(Connection.class);

    /** For a client to read the last reply, when it is still sending. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    /** The same when the server stops; also for a handshake to end. */
    private static final Duration LINGER_AT_STOP = Duration.ofSeconds(1);

    private enum Phase {
        BUSY,
        /** Before the greeting, or between STARTTLS and the next command. */
        HANDSHAKE,
        /** Between transactions, and the client's next command is awaited. */
        IDLE,
        /** The server stops: what the client says from now on is not carried out. */
        ENDING
    }

    private final ConnectionContext context;
    private final Session session;
    private final SessionLog log;
    private final boolean implicitTls;
    private final Timekeeper time;
    private final AccountPlace place;
    private final InputBuffer input;
    private final LineReader lines;
    private final Reception reception;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.BUSY);
    private volatile Wire wire;
    private OutputStream output;
    private boolean hungUp;
    private volatile boolean draining;

    /** @param implicitTls whether TLS comes before the greeting (RFC 8314 section 3.3) */
    public Connection(ConnectionContext context, Wire wire, Session session, SessionLog log, boolean implicitTls)
            throws IOException {
        this.context = context;
        this.wire = wire;
        this.session = session;
        this.log = log;
        this.implicitTls = implicitTls;
        this.place = new AccountPlace(context.accounts(), context.maxConnectionsPerAccount());
        this.time = new Timekeeper(context.commandTimeout(), context.metrics());
        this.output = new BufferedOutputStream(wire.output(), 1024);
        this.input = new InputBuffer(wire.input(), this::beforeWaiting);
        this.lines = new LineReader(input, context.maxLineLength());
        this.reception = new Reception(input, time, context);
    }

    @Override
    public void run() {
        log.event("connected");
        try {
            if (implicitTls) {
                session.tlsStarted(secure());
            }
            converse();
        } catch (SocketTimeoutException _) {
            lastWord(phase.get() == Phase.ENDING ? Replies.SHUTTING_DOWN : Replies.TIMED_OUT);
        } catch (IOException e) {
            LOG.debugf("Connection broke: %s", e.getMessage());
            log.event("broken");
        } catch (RuntimeException e) {
            LOG.error("A session failed, its client reads 421", e);
            context.metrics().sessionFailed();
            lastWord(Replies.LOCAL_ERROR);
        } finally {
            reception.close();
            place.close();
            close();
            log.event("disconnected");
        }
    }

    /** Says why the client is not served, where that can be said without a handshake. */
    void turnAway(Reply reply) {
        log.event("connected");
        if (!implicitTls) {
            sayAtOnce(reply.asGreeting());
        }
        close();
        log.event("disconnected");
    }

    /**
     * Ends a session that is between transactions, at once; one inside a transaction ends after its answer. A handshake
     * cannot be told anything, so it may end, but not take its time.
     */
    void drain() {
        draining = true;
        if (phase.compareAndSet(Phase.IDLE, Phase.ENDING)) {
            stopListening();
        } else if (phase.get() == Phase.HANDSHAKE) {
            time.within(LINGER_AT_STOP);
        }
    }

    /** Ends a session when it reads next, in the middle of a transaction too. */
    void end() {
        draining = true;
        phase.set(Phase.ENDING);
        stopListening();
    }

    /** Whether a read or write takes longer than any client may. */
    boolean isOverdue() {
        return time.isOverdue();
    }

    /** Ends the connection whatever it is doing. */
    void abort() {
        try {
            wire.abort();
        } catch (IOException e) {
            LOG.debugf("Connection did not close: %s", e.getMessage());
        }
    }

    private void converse() throws IOException {
        if (draining) { // RFC 5321 section 3.8
            close(Replies.SHUTTING_DOWN);
            return;
        }
        say(session.greeting());
        while (!hungUp) {
            boolean signingIn = session.expectsSecret();
            Line line = awaitLine();
            if (phase.get() == Phase.ENDING) {
                close(Replies.SHUTTING_DOWN);
            } else if (line instanceof Line.End) {
                hungUp = true;
            } else {
                Outcome outcome = session.on(line);
                if (signingIn) {
                    log.account(session.account()); // some mechanisms end with a word of the client
                }
                perform(outcome);
                if (!session.expectsChunk()) {
                    reception.close();
                }
            }
        }
    }

    private Line awaitLine() throws IOException {
        if (!session.inTransaction()) {
            phase.compareAndSet(Phase.BUSY, Phase.IDLE);
            if (draining) { // asked for while the phase was busy
                phase.set(Phase.ENDING);
                return new Line.End();
            }
        }
        boolean secret = session.expectsSecret();
        if (!reception.expectMore()) {
            expect(Patience.within(context.commandTimeout()));
        }
        Line line = secret ? lines.saslResponse() : lines.command();
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
        time.lift(); // what is done here is bounded by whoever does it
        switch (outcome) {
            case Outcome.Say(Reply reply) -> say(reply);
            case Outcome.Close(Reply reply) -> close(reply);
            case Outcome.StartTls(Reply reply) -> startTls(reply);
            case Outcome.LookUp(String login, var client) ->
                perform(session.lookedUp(context.verifiers().of(login, client)));
            case Outcome.Authenticate(var credentials, var client) ->
                signIn(context.authenticator().authenticate(credentials, client));
            case Outcome.ReceiveContent(Reply reply) -> receive(reply);
            case Outcome.ReceiveChunk(long octets, boolean last) ->
                perform(content(reception.chunk(octets, last, maxOctets())));
            case Outcome.Discard(long octets, Outcome then) -> discard(octets, then);
            case Outcome.Submit(var submission) ->
                perform(session.answered(context.intake().take(submission)));
        }
    }

    private void signIn(Authentication authentication) throws IOException {
        if (authentication instanceof Authentication.Granted granted && !place.take(granted)) {
            context.metrics().connectionRefused(Refusal.ACCOUNT);
            close(Replies.TOO_MANY_OF_ACCOUNT);
            return;
        }
        perform(session.authenticated(authentication));
    }

    private void say(Reply reply) throws IOException {
        log.account(session.account());
        reply.lines(context.replyStyle()).forEach(log::server);
        time.writing();
        output.write(reply.encode(context.replyStyle()));
        context.metrics().replied(session.verb(), reply);
    }

    /**
     * Says a last reply and hangs up. The client's side is read on for a moment: closing a socket with unread input resets
     * it, and the client might never see the reply, nor the one before it. Where reading was stopped there is nothing to
     * wait for.
     */
    private void close(Reply reply) throws IOException {
        hungUp = true;
        say(reply);
        output.flush();
        wire.endOutput();
        try {
            expect(Patience.within(draining ? LINGER_AT_STOP : LINGER));
            while (input.next() != InputBuffer.END) {
                // It talks to nobody any more.
            }
        } catch (SocketTimeoutException _) {
            LOG.debug("Client did not hang up in time");
        }
    }

    private void startTls(Reply reply) throws IOException {
        if (input.hasMore()) { // RFC 3207 section 6: nothing sent in the clear may count as sent inside TLS
            close(Replies.EARLY_TLS);
            return;
        }
        say(reply);
        output.flush();
        session.tlsStarted(secure());
    }

    /** Negotiates TLS. */
    private SecureChannel secure() throws IOException {
        wire.timeout(Math.toIntExact(context.commandTimeout().toMillis()));
        time.within(context.commandTimeout());
        phase.set(Phase.HANDSHAKE);
        if (draining) {
            time.within(LINGER_AT_STOP);
        }
        Wire.Secured secured;
        try {
            secured = wire.upgrade();
        } catch (IOException e) {
            context.metrics().handshakeFailed();
            throw new IOException("TLS failed: " + e.getMessage(), e);
        }
        phase.compareAndSet(Phase.HANDSHAKE, Phase.BUSY); // ENDING stays
        wire = secured.wire();
        output = new BufferedOutputStream(wire.output(), 1024);
        input.continueFrom(wire.input());
        log.event("tls " + secured.channel().protocol());
        return secured.channel();
    }

    private void receive(Reply reply) throws IOException {
        if (input.hasMore()) { // RFC 2920 section 3.1: DATA ends a group
            close(Replies.EARLY_CONTENT);
            return;
        }
        try (Draft draft = reception.draft(maxOctets())) {
            if (draft.state() == Draft.State.NO_ROOM) {
                perform(content(new Content.NoRoom()));
                return;
            }
            say(reply);
            perform(content(reception.data(draft)));
        }
    }

    private void discard(long octets, Outcome then) throws IOException {
        if (reception.discard(octets)) {
            perform(then);
        } else {
            hungUp = true;
        }
    }

    private int maxOctets() {
        return Math.toIntExact(session.maxMessageSize());
    }

    private Outcome content(Content content) {
        switch (content) {
            case Content.Message(var message) -> log.data(message);
            case Content.NoRoom() -> context.metrics().message(MessageResult.DEFERRED_NO_ROOM);
            case Content.Chunk _, Content.TooBig(), Content.HeaderTooBig(), Content.Broken(), Content.Cut() -> {
                // The reply says it all.
            }
        }
        return session.received(content);
    }

    /** What is read from now on may take that long. */
    private void expect(Patience newPatience) {
        time.expect(newPatience, input.arrived());
    }

    private void beforeWaiting() throws IOException {
        time.writing();
        output.flush();
        time.reading(wire, input.arrived());
    }

    /** Said outside the loop, when the client may not listen any more. */
    private void lastWord(Reply reply) {
        try {
            close(reply);
        } catch (IOException e) {
            LOG.debugf("Client did not take its last reply: %s", e.getMessage());
        }
    }

    /** Without waiting for the client to read it: there are too many already. */
    private void sayAtOnce(Reply reply) {
        try {
            say(reply);
            output.flush();
        } catch (IOException e) {
            LOG.debugf("Client did not take its only reply: %s", e.getMessage());
        }
    }

    private void stopListening() {
        try {
            wire.stopListening();
        } catch (IOException e) {
            LOG.debugf("Connection was closed already: %s", e.getMessage());
        }
    }

    private void close() {
        time.within(LINGER);
        try {
            wire.close();
        } catch (IOException e) {
            LOG.debugf("Connection did not close: %s", e.getMessage());
        }
    }
}
