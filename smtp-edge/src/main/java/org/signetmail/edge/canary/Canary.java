package org.signetmail.edge.canary;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.signetmail.edge.EdgeConfig;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.EdgeMetrics.CanaryResult;
import org.signetmail.edge.canary.ProbeClient.Security;
import org.signetmail.edge.canary.ProbeClient.Target;
import org.signetmail.edge.connection.SmtpServer;
import org.signetmail.edge.connection.SmtpServer.Kind;
import org.signetmail.edge.intake.Probes;
import org.signetmail.edge.reply.Replies;

/**
 * A forged message a minute through the edge's own listener, which must be refused: whoever finds one accepted hears of it
 * before somebody else does. Off unless an account is configured.
 */
@ApplicationScoped
class Canary {
    private static final Logger LOG = Logger.getLogger(Canary.class);
    private static final int STARTS_LAST = Interceptor.Priority.LIBRARY_AFTER;
    private static final int STOPS_BEFORE_THE_LISTENERS = Interceptor.Priority.PLATFORM_BEFORE;

    /** For each reply; longer than the edge takes for a verdict and its record. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EdgeConfig config;
    private final EdgeMetrics metrics;
    private final SmtpServer server;
    private final Probes probes;
    private final Clock clock;
    private final Thread thread;
    private CanaryResult last = CanaryResult.REFUSED;

    Canary(EdgeConfig config, EdgeMetrics metrics, SmtpServer server, Probes probes, Clock clock) {
        this.config = config;
        this.metrics = metrics;
        this.server = server;
        this.probes = probes;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("canary").unstarted(this::singUntilStopped);
    }

    void start(@Observes @Priority(STARTS_LAST) StartupEvent started) {
        if (config.canary().account().isEmpty()) {
            return;
        }
        if (config.canary().password().isEmpty()) {
            throw new IllegalStateException("signet.canary.account needs signet.canary.password");
        }
        if (target().isEmpty()) {
            throw new IllegalStateException("signet.canary.account needs a listener that offers AUTH");
        }
        thread.start();
    }

    void stop(@Observes @Priority(STOPS_BEFORE_THE_LISTENERS) ShutdownEvent stopping) {
        thread.interrupt();
    }

    private void singUntilStopped() {
        try {
            while (true) {
                Thread.sleep(config.canary().interval());
                sing();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Submits one message and tells what came of it. */
    private void sing() {
        long begin = System.nanoTime();
        ProbeResult probe = submit();
        if (Thread.currentThread().isInterrupted()) {
            return; // the edge stops, and its own client is cut off as well
        }
        metrics.canary(probe.result(), Duration.ofNanos(System.nanoTime() - begin), clock.instant());
        if (probe.result() != CanaryResult.REFUSED) {
            LOG.errorf(
                    "CANARY: a forged message was not refused as it must be (%s): %s", probe.result(), probe.detail());
        } else if (last != CanaryResult.REFUSED) {
            LOG.info("Canary: a forged message is refused again");
        }
        last = probe.result();
    }

    private ProbeResult submit() {
        EdgeConfig.Canary canary = config.canary();
        var client = new ProbeClient(
                target().orElseThrow(),
                canary.account().orElseThrow(),
                canary.password().orElseThrow(),
                PATIENCE);
        String expected =
                Replies.ORIGINATOR_REFUSED.lines(config.smtp().replyStyle()).getFirst();
        try (Probes.Probe probe = probes.begin()) {
            String message = String.join(
                    "\r\n",
                    "From: " + canary.from(),
                    "To: " + canary.from(),
                    "Subject: Signet tests whether forged mail is refused",
                    "Auto-Submitted: auto-generated", // RFC 3834 section 5
                    probe.field(),
                    "",
                    "If you can read this, a server accepted a forged message: " + config.serverName(),
                    "");
            return client.submit(canary.from(), message, expected);
        }
    }

    /** The listener with implicit TLS if there is one. */
    private Optional<Target> target() {
        String host = config.smtp().host();
        String reached = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return server.listensFor(Kind.SUBMISSIONS)
                .map(port -> new Target(reached, port, Security.IMPLICIT))
                .or(() -> server.listensFor(Kind.SUBMISSION)
                        .filter(_ -> server.offersTls() || config.smtp().allowPlaintextAuth())
                        .map(port ->
                                new Target(reached, port, server.offersTls() ? Security.STARTTLS : Security.NONE)));
    }
}
