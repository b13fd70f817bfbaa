package org.signetmail.edge.connection;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jboss.logging.Logger;
import org.signetmail.edge.EdgeConfig;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.auth.Authenticator;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Intake;
import org.signetmail.edge.session.Session;
import org.signetmail.edge.session.SessionSettings;

/** Opens the listeners when the service starts, and drains the sessions when it stops. */
@ApplicationScoped
public class SmtpServer {
    private static final Logger LOG = Logger.getLogger(SmtpServer.class);

    private final EdgeConfig config;
    private final EdgeMetrics metrics;
    private final ProtocolLog protocolLog;
    private final ConnectionContext context;
    private final SessionSettings settings;
    private final Optional<SSLContext> tls;
    private final OpenConnections open = new OpenConnections();
    private final AtomicLong sessions = new AtomicLong();
    private final List<Listener> listeners = new ArrayList<>();

    SmtpServer(
            EdgeConfig config,
            EdgeMetrics metrics,
            ProtocolLog protocolLog,
            TlsConfigurationRegistry certificates,
            Authenticator authenticator,
            Intake intake) {
        this.config = config;
        this.metrics = metrics;
        this.protocolLog = protocolLog;
        EdgeConfig.Smtp smtp = config.smtp();
        this.tls = certificates.get(smtp.tlsName()).map(SmtpServer::context);
        this.settings = new SessionSettings(
                config.serverName(),
                smtp.replyStyle(),
                tls.isPresent(),
                smtp.allowPlaintextAuth(),
                smtp.maxMessageSize().asLongValue(),
                smtp.maxRecipients(),
                smtp.maxAuthFailures(),
                smtp.maxErrors());
        this.context = new ConnectionContext(
                authenticator,
                intake,
                metrics,
                smtp.replyStyle(),
                Math.toIntExact(smtp.maxLineLength().asLongValue()),
                Math.toIntExact(smtp.maxMessageSize().asLongValue()),
                Math.toIntExact(smtp.maxHeaderSize().asLongValue()),
                Math.toIntExact(smtp.commandTimeout().toMillis()),
                Math.toIntExact(smtp.dataTimeout().toMillis()));
        metrics.connections(open::size);
        metrics.lostLogLines(protocolLog);
    }

    void start(@Observes StartupEvent started) throws IOException {
        EdgeConfig.Smtp smtp = config.smtp();
        if (smtp.allowPlaintextAuth()) {
            LOG.warn("AUTH IS OFFERED WITHOUT TLS (signet.smtp.allow-plaintext-auth=true): passwords cross the network "
                    + "in the clear. Never set this outside loopback.");
        }
        if (smtp.port() >= 0) {
            listeners.add(new Listener("submission", smtp.host(), smtp.port(), this::serve));
        }
        if (smtp.tlsPort() >= 0 && tls.isPresent()) {
            listeners.add(new Listener("submissions", smtp.host(), smtp.tlsPort(), this::serveTls));
        } else if (smtp.tlsPort() >= 0) {
            LOG.warnf("No certificate in quarkus.tls.%s: no TLS listener and no STARTTLS", smtp.tlsName());
        }
        listeners.forEach(Listener::start);
    }

    void stop(@Observes ShutdownEvent stopping) {
        for (Listener listener : listeners) {
            try {
                listener.close();
            } catch (IOException e) {
                LOG.warnf("A listener did not close: %s", e.getMessage());
            }
        }
        int cut = open.drain(config.smtp().drainTimeout());
        if (cut > 0) {
            LOG.warnf(
                    "%d sessions did not end within %s and were cut",
                    cut, config.smtp().drainTimeout());
        }
        protocolLog.close();
    }

    /** Port that the submission listener got, for tests that ask for port 0. */
    public int port() {
        return listeners.getFirst().port();
    }

    private void serve(Socket socket) {
        try {
            serve(new SocketWire(socket, tls), socket, Optional.empty());
        } catch (IOException e) {
            LOG.debugf("Connection from %s broke at its start: %s", socket.getInetAddress(), e.getMessage());
            close(socket);
        }
    }

    private void serveTls(Socket socket) {
        try {
            socket.setSoTimeout(context.commandTimeoutMillis());
            Wire.Secured secured = new SocketWire(socket, tls).upgrade();
            serve(secured.wire(), socket, Optional.of(secured.protocol()));
        } catch (IOException e) {
            metrics.handshakeFailed();
            LOG.debugf("TLS with %s failed: %s", socket.getInetAddress(), e.getMessage());
            close(socket);
        }
    }

    private void serve(Wire wire, Socket socket, Optional<String> protocol) throws IOException {
        socket.setTcpNoDelay(true);
        if (open.size() >= config.smtp().maxConnections()) {
            wire.output().write(Replies.TOO_MANY_CONNECTIONS.encode(context.replyStyle()));
            wire.close();
            return;
        }
        InetAddress client = socket.getInetAddress();
        String id = Long.toString(sessions.incrementAndGet(), Character.MAX_RADIX);
        var session = new Session(settings, client, protocol);
        open.run(new Connection(context, wire, session, protocolLog.session(id, client.getHostAddress())));
    }

    private static SSLContext context(TlsConfiguration configuration) {
        try {
            return configuration.createSSLContext();
        } catch (Exception e) { // whatever createSSLContext declares
            throw new IllegalStateException("The SMTP certificate cannot be used", e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debugf("Socket did not close: %s", e.getMessage());
        }
    }
}
