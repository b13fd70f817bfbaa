package org.signetmail.edge.connection;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.signetmail.edge.Await;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.TestConfig;
import org.signetmail.edge.auth.Authentication;
import org.signetmail.edge.auth.Credentials;
import org.signetmail.edge.auth.FakeAccounts;
import org.signetmail.edge.connection.SmtpServer.Kind;
import org.signetmail.edge.content.Storage;
import org.signetmail.edge.counts.AccountRates;
import org.signetmail.edge.counts.Counts;
import org.signetmail.edge.counts.SignInGuard;
import org.signetmail.edge.protocollog.Level;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;
import org.signetmail.edge.session.Submission;

/** The listeners on free ports, with what lies behind the sessions given by the test. */
final class ServerFixture implements AutoCloseable {
    private static final Vertx NO_FILES = null; // the keys are at hand

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final SmtpServer server;
    volatile Function<Credentials, Authentication> authenticator =
            credentials -> new Authentication.Granted(credentials.login());
    volatile Function<Submission, Answer> intake = _ -> Answer.of(Replies.accepted("test"));
    final Counts counts = new Counts("this edge", InstantSource.system());
    private final ServerCertificate certificate;
    private final SSLContext trust;
    private boolean stopped;

    /** @param settings names without {@code signet.smtp.}, or those of other groups without {@code signet.}, and values */
    ServerFixture(SelfSigned selfSigned, String... settings) throws IOException {
        this(selfSigned, roomy(), settings);
    }

    ServerFixture(SelfSigned selfSigned, Storage storage, String... settings) throws IOException {
        this(selfSigned.context(), new TestTls(selfSigned.keys()), storage, settings);
    }

    /** For clients that bring what they trust. */
    ServerFixture(TestTls tls, String... settings) throws GeneralSecurityException, IOException {
        this(TestTls.believingAll(), tls, roomy(), settings);
    }

    private ServerFixture(SSLContext trust, TestTls tls, Storage storage, String... settings) throws IOException {
        this.trust = trust;
        String[] all = Stream.concat(
                        Stream.of("host", "127.0.0.1", "port", "0", "tls-port", "0", "allow-plaintext-auth", "true"),
                        Stream.of(settings))
                .toArray(String[]::new);
        for (int i = 0; i < all.length; i += 2) {
            all[i] = all[i].contains(".") ? all[i] : "smtp." + all[i];
        }
        var config = TestConfig.edge(Stream.concat(Stream.of("server-name", "mail.example.test"), Stream.of(all))
                .toArray(String[]::new));
        certificate = new ServerCertificate(config, tls, NO_FILES);
        var metrics = new EdgeMetrics(meters);
        server = new SmtpServer(
                config,
                metrics,
                ProtocolLog.open(Level.NONE, Path.of("target/unused.log")),
                certificate,
                (credentials, _) -> authenticator.apply(credentials),
                new FakeAccounts(),
                submission -> intake.apply(submission),
                storage,
                new SignInGuard(counts, config, metrics),
                new AccountRates(counts, config, metrics));
        server.start(new StartupEvent());
    }

    private static Storage roomy() {
        return TestStorage.roomy(TestEdge.MAX_MESSAGE, 256 * 1024);
    }

    TestClient connect() throws IOException {
        return TestClient.connect(server.port(Kind.SUBMISSION));
    }

    TestClient connectTls() throws IOException {
        return TestClient.connect(server.port(Kind.SUBMISSIONS)).inTls(trust);
    }

    void renew(SelfSigned renewed) {
        certificate.renew(new CertificateUpdatedEvent("smtp", new TestTls(renewed.keys())));
    }

    double count(String name) {
        return meters.get("signet.edge." + name).counter().count();
    }

    double refused(String limit) {
        return meters.get("signet.edge.connections.refused")
                .tag("limit", limit)
                .counter()
                .count();
    }

    void awaitConnections(int number) {
        Await.until(
                number + " open connections",
                () -> meters.get("signet.edge.connections").gauge().value() == number);
    }

    /** The server stops while the test goes on; returns when the drain has begun. */
    Thread stopping() {
        stopped = true;
        Thread thread = Thread.ofVirtual().start(() -> server.stop(new ShutdownEvent()));
        Await.until("the drain begins", server::draining);
        return thread;
    }

    @Override
    public void close() {
        if (!stopped) {
            server.stop(new ShutdownEvent());
        }
    }
}
