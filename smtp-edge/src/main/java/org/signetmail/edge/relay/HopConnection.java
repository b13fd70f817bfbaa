package org.signetmail.edge.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient;
import org.apache.commons.net.smtp.SMTPConnectionClosedException;
import org.apache.commons.net.util.TrustManagerUtils;
import org.jboss.logging.Logger;
import org.signetmail.edge.relay.NextHop.Protocol;
import org.signetmail.edge.relay.RelayConfig.StartTls;

/**
 * A session with the next hop, ready for MAIL. All that Commons Net's client lacks is here: LMTP, content as raw octets,
 * a limit on writing, replies as values. Every failure is an IOException whose message says what happened.
 */
final class HopConnection extends AuthenticatingSMTPClient {
    private static final Logger LOG = Logger.getLogger(HopConnection.class);
    private static final int WRITE_BUFFER = 64 * 1024;

    private final HopSettings settings;
    private final ScheduledExecutorService timer;
    private volatile Socket socket;
    private Extensions extensions = Extensions.NONE;

    private HopConnection(HopSettings settings, ScheduledExecutorService timer) {
        super("TLS", settings.implicitTls(), UTF_8.name());
        this.settings = settings;
        this.timer = timer;
        setCharset(UTF_8);
        setConnectTimeout(millis(settings.connectTimeout()));
        setDefaultTimeout(millis(settings.commandTimeout()));
        setTrustManager(
                settings.verifiesPeer() ? settings.trust().orElse(null) : TrustManagerUtils.getAcceptAllTrustManager());
        setEndpointCheckingEnabled(settings.verifiesPeer());
    }

    /** The next hop has no TLS for us, whoever tries. */
    static final class TlsMissing extends IOException {
        private static final long serialVersionUID = 1;

        TlsMissing(String message) {
            super(message);
        }
    }

    /** Connects and says hello, under TLS and signed in when the settings want that. */
    static HopConnection open(HopSettings settings, ScheduledExecutorService timer) throws IOException {
        var connection = new HopConnection(settings, timer);
        try {
            connection.begin();
            return connection;
        } catch (IOException | RuntimeException e) {
            connection.abort();
            throw e;
        }
    }

    private void begin() throws IOException {
        if (settings.address().isPresent()) {
            connect(settings.address().get(), settings.hop().port());
        } else {
            connect(settings.hop().host(), settings.hop().port());
        }
        demand(reply(), "greeting");
        hello();
        if (!settings.implicitTls() && settings.startTls() != StartTls.NONE) {
            startTls();
        }
        if (settings.credentials().isPresent()) {
            signIn(settings.credentials().get());
        }
    }

    @Override
    protected void _connectAction_() throws IOException {
        socket = _socket_;
        _hostname_ = settings.hop().host(); // what a certificate must name, however its address was found
        socket.setTcpNoDelay(true);
        super._connectAction_();
    }

    private void hello() throws IOException {
        boolean lmtp = settings.hop().protocol() == Protocol.LMTP;
        Reply reply = command((lmtp ? "LHLO " : "EHLO ") + settings.heloName());
        if (reply.permanentRefusal() && !lmtp) {
            // RFC 5321 3.2: a host that knows no EHLO.
            extensions = Extensions.NONE;
            demand(command("HELO " + settings.heloName()), "HELO");
            return;
        }
        demand(reply, "EHLO");
        extensions = Extensions.of(List.of(getReplyStrings()));
    }

    private void startTls() throws IOException {
        boolean offered = extensions.offers("STARTTLS");
        if (offered && execTLS()) {
            setSoTimeout(millis(settings.commandTimeout()));
            // RFC 3207 4.2: what was learnt in clear does not count.
            hello();
        } else if (settings.startTls() == StartTls.REQUIRED) {
            throw new TlsMissing("STARTTLS is required, but " + (offered ? reply().text() : "not offered"));
        }
    }

    private void signIn(HopSettings.Credentials credentials) throws IOException {
        AUTH_METHOD method = extensions.offersAuth("PLAIN") ? AUTH_METHOD.PLAIN : AUTH_METHOD.LOGIN;
        try {
            if (!auth(method, credentials.username(), credentials.password())) {
                throw new IOException("AUTH as " + credentials.username() + ": " + reply().text());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("AUTH " + method, e);
        }
    }

    Extensions extensions() {
        return extensions;
    }

    boolean answersEachRecipient() {
        return settings.hop().protocol() == Protocol.LMTP;
    }

    /** Sends a line and reads the reply; 421 and a lost connection are failures. */
    Reply command(String line) throws IOException {
        try {
            sendCommand(line);
        } catch (SMTPConnectionClosedException e) {
            throw closed(e);
        }
        return reply();
    }

    /** Sends commands in one write; {@link #nextReply()} reads their replies, in order (RFC 2920 section 3.1). */
    void send(List<String> lines) throws IOException {
        _output_.write((String.join(NETASCII_EOL, lines) + NETASCII_EOL).getBytes(UTF_8));
        _output_.flush();
    }

    /**
     * Sends the content after 354; its replies are read by {@link #nextReply()}.
     *
     * @param onTop header fields, which no dot begins
     */
    void content(byte[] onTop, byte[] octets) throws IOException {
        // A socket has no time limit on writing: the timer closes it under the writer.
        var limit = timer.schedule(this::abort, settings.dataTimeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            var out = new BufferedOutputStream(_output_, WRITE_BUFFER);
            out.write(onTop);
            DataOctets.write(octets, out);
            out.flush();
        } finally {
            limit.cancel(false);
        }
        setSoTimeout(millis(settings.dataTimeout()));
    }

    Reply nextReply() throws IOException {
        try {
            getReply();
        } catch (SMTPConnectionClosedException e) {
            throw closed(e);
        }
        return reply();
    }

    /** Makes the session ready for the next MAIL. */
    void readyForNext() throws IOException {
        setSoTimeout(millis(settings.commandTimeout()));
        demand(command("RSET"), "RSET");
    }

    /** Leaves as RFC 5321 4.1.1.10 wants it: QUIT, its reply, close. */
    void leave() {
        try {
            setSoTimeout(millis(settings.connectTimeout()));
            command("QUIT");
        } catch (IOException e) {
            LOG.debugf("The next hop did not answer QUIT: %s", e.getMessage());
        } finally {
            abort();
        }
    }

    /** Closes at once; may be called by another thread. Under TLS the raw socket, which never waits for a writer. */
    void abort() {
        Socket open = socket;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            LOG.debugf("Closing a connection to the next hop: %s", e.getMessage());
        }
    }

    private IOException closed(SMTPConnectionClosedException e) {
        return new IOException(getReplyCode() == 421 ? reply().text() : "The next hop closed the connection", e);
    }

    private Reply reply() {
        List<String> lines = List.of(getReplyStrings());
        var text = new StringBuilder();
        for (String line : lines) {
            if (text.isEmpty()) {
                text.append(line.length() > 3 ? line.substring(0, 3) + ' ' + line.substring(4) : line);
            } else if (line.length() > 4) {
                text.append(' ').append(line, 4, line.length());
            }
        }
        return new Reply(getReplyCode(), text.toString());
    }

    private static void demand(Reply reply, String of) throws IOException {
        if (!reply.accepted()) {
            throw new IOException(of + ": " + reply.text());
        }
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
