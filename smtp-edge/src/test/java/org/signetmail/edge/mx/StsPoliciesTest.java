package org.signetmail.edge.mx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.counts.SteppedClock;
import org.signetmail.edge.mx.StsPolicy.Mode;
import org.xbill.DNS.Type;

/** How long a policy counts, and what takes it back. */
class StsPoliciesTest {
    private static TestAuthority authority;
    private static SSLContext web;
    private static SSLContext otherWeb;

    private final SteppedClock clock = new SteppedClock();
    private FakeDns dns;
    private PolicyServer server;
    private StsPolicies policies;

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) throws Exception {
        authority = new TestAuthority(directory);
        web = authority.serverOf("mta-sts.a.test");
        otherWeb = authority.serverOf("a.test");
    }

    @BeforeEach
    void start() throws Exception {
        dns = new FakeDns();
        serve(web);
        publish("1", "enforce");
    }

    private void serve(SSLContext tls) throws Exception {
        server = new PolicyServer(tls);
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, new TrustManager[] {authority.trust()}, null);
        var resolver = new ResolverDns(List.of(dns.address()), false, Duration.ofSeconds(2));
        policies = new StsPolicies(resolver, new StsFetcher(client, server.port(), Duration.ofSeconds(5)), clock);
    }

    private void publish(String id, String mode) {
        record("v=STSv1; id=" + id + ";");
        server.policy = "version: STSv1\nmode: " + mode + "\nmx: mx.a.test\nmax_age: 3600\n";
    }

    private void record(String text) {
        dns.remove("_mta-sts.a.test");
        dns.add("_mta-sts.a.test", Type.TXT, '"' + text + '"');
    }

    private Optional<Mode> mode() {
        return policies.of("a.test").map(StsPolicy::mode);
    }

    @AfterEach
    void stop() {
        server.close();
        dns.close();
    }

    @Test
    void itIsFetchedOnceWhileItsNameStays() {
        assertEquals(Optional.of(Mode.ENFORCE), mode());
        server.policy = "version: STSv1\nmode: none\nmax_age: 3600\n";
        assertEquals(Optional.of(Mode.ENFORCE), mode());
        assertEquals(1, server.requests.get());
        publish("2", "testing");
        assertEquals(Optional.of(Mode.TESTING), mode());
        assertEquals(2, server.requests.get());
    }

    @Test
    void whoHidesItDoesNotTakeItBackBeforeItsTime() {
        assertEquals(Optional.of(Mode.ENFORCE), mode());
        dns.remove("_mta-sts.a.test");
        assertEquals(Optional.of(Mode.ENFORCE), mode());
        dns.failing.add("_mta-sts.a.test");
        server.status = 404;
        assertEquals(Optional.of(Mode.ENFORCE), mode());
        clock.pass(Duration.ofSeconds(3601));
        assertEquals(Optional.empty(), mode());
    }

    @Test
    void withoutAValidCertificateThereIsNone() throws Exception {
        server.close();
        serve(otherWeb);
        publish("1", "enforce");
        assertEquals(Optional.empty(), mode());
        assertEquals(0, server.requests.get());
    }

    @Test
    void noRedirectNoErrorNoGarbage() {
        for (int status : List.of(301, 302, 404, 500)) {
            server.status = status;
            assertEquals(Optional.empty(), mode());
        }
        server.status = 200;
        server.policy = "x".repeat(70_000);
        assertEquals(Optional.empty(), mode());
        server.policy = "<html>";
        assertEquals(Optional.empty(), mode());
    }

    @Test
    void aRecordIsReadAsTheStandardHasIt() {
        record("v=STSv1;id=20160831085700Z");
        assertEquals(Optional.of(Mode.ENFORCE), mode());
        for (String wrong : List.of("v=STSv1", "v=STSv1; id=", "v=STSv1; id=a-b;", "v=STSv2; id=3;", "v=spf1 -all")) {
            record(wrong);
            clock.pass(Duration.ofDays(1));
            assertEquals(Optional.empty(), mode(), wrong);
        }
        record("v=STSv1; id=4;");
        dns.add("_mta-sts.a.test", Type.TXT, "\"v=STSv1; id=5;\"");
        assertEquals(Optional.empty(), mode(), "two of them");
    }
}
