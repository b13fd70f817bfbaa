package org.signetmail.edge.connection;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.signetmail.edge.EdgeConfig;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.auth.Authenticator;
import org.signetmail.edge.auth.Mechanisms;
import org.signetmail.edge.auth.Verifiers;
import org.signetmail.edge.content.Storage;
import org.signetmail.edge.counts.AccountRates;
import org.signetmail.edge.counts.SignInGuard;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.proxy.MalformedProxyHeader;
import org.signetmail.edge.session.Intake;
import org.signetmail.edge.session.Session;
import org.signetmail.edge.session.SessionSettings;

/** Opens the listeners when the service starts, and drains the sessions when it stops. */
@ApplicationScoped
public class SmtpServer {
    private static final Logger LOG = Logger.getLogger(SmtpServer.class);

    /** Before the relay stops, so that clients hear first, and what they submitted last may still go out. */
    private static final int STOPS_FIRST = Interceptor.Priority.LIBRARY_BEFORE;

    /** What a listener speaks first. */
    public enum Kind {
        /** SMTP in the clear, with STARTTLS (RFC 6409). */
        SUBMISSION,
        /** TLS (RFC 8314 section 3.3). */
        SUBMISSIONS
    }

    private final EdgeConfig.Smtp config;
    private final EdgeMetrics metrics;
    private final ProtocolLog protocolLog;
    private final ServerCertificate certificate;
    private final ConnectionContext context;
    private final SessionSettings settings;
    private final Proxies proxies;
    private final Admission admission;
    private final OpenConnections open;
    private final AtomicLong sessions = new AtomicLong();
    private final Map<Kind, Listener> listeners = new ConcurrentHashMap<>();
    private volatile boolean accepting;

    SmtpServer(
            EdgeConfig config,
            EdgeMetrics metrics,
            ProtocolLog protocolLog,
            ServerCertificate certificate,
            Authenticator authenticator,
            Verifiers verifiers,
            Intake intake,
            Storage storage,
            SignInGuard guard,
            AccountRates rates) {
        this.config = config.smtp();
        this.metrics = metrics;
        this.protocolLog = protocolLog;
        this.certificate = certificate;
        EdgeConfig.Smtp smtp = config.smtp();
        this.proxies = new Proxies(smtp.proxyNetworks().orElse(List.of()), smtp.proxyTimeout());
        this.admission = new Admission(
                smtp.maxConnections(),
                smtp.maxConnectionsPerAddress(),
                smtp.exemptNetworks().orElse(List.of()),
                guard,
                metrics);
        this.open = new OpenConnections(metrics);
        this.settings = new SessionSettings(
                config.serverName(),
                smtp.replyStyle(),
                certificate.tls().isPresent(),
                smtp.allowPlaintextAuth(),
                Mechanisms.of(smtp.oauth().issuer()),
                smtp.maxMessageSize().asLongValue(),
                smtp.maxRecipients(),
                smtp.maxAuthFailures(),
                smtp.maxErrors(),
                smtp.maxIdleCommands(),
                smtp.maxHold(),
                InstantSource.system(),
                rates);
        this.context = new ConnectionContext(
                (credentials, client) ->
                        guard.check(credentials, client, () -> authenticator.authenticate(credentials, client)),
                verifiers,
                rates.within(intake),
                metrics,
                smtp.replyStyle(),
                storage,
                new Tally<>(),
                smtp.maxConnectionsPerAccount(),
                Math.toIntExact(smtp.maxLineLength().asLongValue()),
                smtp.commandTimeout(),
                smtp.dataTimeout(),
                smtp.minDataRate());
        metrics.connections(open::size, smtp.maxConnections());
        metrics.lostLogLines(protocolLog);
    }

    void start(@Observes StartupEvent started) throws IOException {
        if (config.allowPlaintextAuth()) {
            LOG.warn("AUTH IS OFFERED WITHOUT TLS (signet.smtp.allow-plaintext-auth=true): passwords cross the network "
                    + "in the clear. Never set this outside loopback.");
        }
        try {
            if (config.port() >= 0) {
                listen(Kind.SUBMISSION, config.port());
            }
            if (config.tlsPort() >= 0 && certificate.tls().isPresent()) {
                listen(Kind.SUBMISSIONS, config.tlsPort());
            } else if (config.tlsPort() >= 0) {
                LOG.warnf("No certificate in quarkus.tls.%s: no TLS listener and no STARTTLS", config.tlsName());
            }
        } catch (IOException e) {
            closeListeners();
            throw e;
        }
        open.start();
        listeners.values().forEach(Listener::start);
        accepting = true;
    }

    private void listen(Kind kind, int port) throws IOException {
        listeners.put(
                kind,
                new Listener(kind.name().toLowerCase(Locale.ROOT), config.host(), port, socket -> serve(kind, socket)));
    }

    void stop(@Observes @Priority(STOPS_FIRST) ShutdownEvent stopping) {
        accepting = false;
        closeListeners();
        int cut = open.drain(config.drainTimeout());
        if (cut > 0) {
            LOG.warnf("%d sessions did not end within %s and were cut", cut, config.drainTimeout());
        }
        open.close();
        protocolLog.close();
    }

    /** Whether new connections are taken: from the start until the drain begins. */
    boolean accepting() {
        return accepting;
    }

    boolean draining() {
        return open.isDraining();
    }

    /** Port that a listener got, for tests that ask for port 0. */
    public int port(Kind kind) {
        return listensFor(kind).orElseThrow();
    }

    /** Port of a listener, if there is one. */
    public Optional<Integer> listensFor(Kind kind) {
        return Optional.ofNullable(listeners.get(kind)).map(Listener::port);
    }

    /** Whether there is a certificate, and so TLS. */
    public boolean offersTls() {
        return certificate.tls().isPresent();
    }

    private void closeListeners() {
        for (Listener listener : listeners.values()) {
            try {
                listener.close();
            } catch (IOException e) {
                LOG.warnf("A listener did not close: %s", e.getMessage());
            }
        }
    }

    private void serve(Kind kind, AcceptedSocket socket) {
        try (Admission.Visit visit = admission.visit()) {
            socket.setTcpNoDelay(true);
            InetAddress client = visit.hasRoom() ? proxies.client(socket) : socket.getInetAddress();
            Connection connection = connection(kind, socket, client);
            visit.refusal(client).ifPresentOrElse(connection::turnAway, () -> open.serve(connection));
        } catch (MalformedProxyHeader e) {
            metrics.proxyHeaderRefused();
            LOG.warnf("Connection from proxy %s closed: %s", socket.getInetAddress(), e.getMessage());
        } catch (IOException e) {
            LOG.debugf("Connection from %s broke at its start: %s", socket.getInetAddress(), e.getMessage());
        }
    }

    private Connection connection(Kind kind, AcceptedSocket socket, InetAddress client) throws IOException {
        String id = Long.toString(sessions.incrementAndGet(), Character.MAX_RADIX);
        MDC.put("session", id); // a field of the log, for as long as this thread is
        return new Connection(
                context,
                new SocketWire(socket, certificate.tls()),
                new Session(settings, client, Optional.empty()),
                protocolLog.session(id, client.getHostAddress()),
                kind == Kind.SUBMISSIONS);
    }
}
