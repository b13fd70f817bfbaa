package org.signetmail.edge.connection;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.auth.FakeAccounts;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.reply.ReplyStyle;
import org.signetmail.edge.session.Intake;
import org.signetmail.edge.session.Quota;
import org.signetmail.edge.session.Session;
import org.signetmail.edge.session.SessionSettings;
import org.signetmail.edge.session.TestQuota;

/** The edge's connections over any wire: real reading, sessions and replies, with what lies behind them given. */
public final class TestEdge {
    public static final int MAX_MESSAGE = 25 * 1024 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Quota NO_LIMITS = TestQuota.unlimited();

    private final ConnectionContext context;
    private final ProtocolLog log;
    private final AtomicLong sessions = new AtomicLong();

    public TestEdge(Intake intake, ProtocolLog log) {
        this.log = log;
        var accounts = new FakeAccounts();
        this.context = new ConnectionContext(
                accounts,
                accounts,
                intake,
                new EdgeMetrics(new SimpleMeterRegistry()),
                ReplyStyle.EXCHANGE,
                TestStorage.roomy(MAX_MESSAGE, 256 * 1024),
                new Tally<>(),
                0,
                4096,
                TIMEOUT,
                TIMEOUT,
                500);
    }

    /** Serves a client on a virtual thread; over TCP as in memory. */
    public Thread serve(Wire wire) throws IOException {
        var settings = new SessionSettings(
                "mail.example.test",
                ReplyStyle.EXCHANGE,
                true,
                true,
                FakeAccounts.MECHANISMS,
                MAX_MESSAGE,
                100,
                3,
                20,
                100,
                Duration.ofDays(7),
                InstantSource.system(),
                NO_LIMITS);
        var session = new Session(settings, InetAddress.getLoopbackAddress(), Optional.empty());
        String id = Long.toString(sessions.incrementAndGet());
        return Thread.ofVirtual().start(new Connection(context, wire, session, log.session(id, "127.0.0.1"), false));
    }
}
