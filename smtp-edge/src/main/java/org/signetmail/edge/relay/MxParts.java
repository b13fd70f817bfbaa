package org.signetmail.edge.relay;

import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.signetmail.edge.mx.Dns;
import org.signetmail.edge.mx.MailRoutes;
import org.signetmail.edge.mx.MxLookup;
import org.signetmail.edge.mx.ResolverDns;
import org.signetmail.edge.mx.StsFetcher;
import org.signetmail.edge.mx.StsPolicies;
import org.signetmail.edge.relay.Destinations.MxSettings;

/** What MX routes need, by their configuration. */
final class MxParts {
    private static final int DOMAIN = 53;

    private MxParts() {}

    static MxSettings of(RelayConfig config, Optional<TrustManager> trust, Clock clock) {
        RelayConfig.Mx mx = config.mx();
        List<InetSocketAddress> servers =
                mx.resolvers().orElse(List.of()).stream().map(MxParts::server).toList();
        Dns dns = new ResolverDns(servers, mx.dnssec(), mx.timeout());
        var lookup = new MxLookup(dns, config.heloName(), mx.port(), new Random());
        Optional<StsPolicies> policies = mx.mtaSts()
                ? Optional.of(new StsPolicies(dns, new StsFetcher(tls(trust), mx.policyPort(), mx.timeout()), clock))
                : Optional.empty();
        return new MxSettings(new MailRoutes(lookup, policies), mx.port());
    }

    /** host, host:port, or with IPv6 [host]:port. */
    private static InetSocketAddress server(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        try {
            return port
                    ? new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)))
                    : new InetSocketAddress(text, DOMAIN);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("signet.relay.mx.resolvers: no host or host:port: " + text, e);
        }
    }

    private static SSLContext tls(Optional<TrustManager> trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null, trust.map(manager -> new TrustManager[] {manager}).orElse(null), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no TLS", e);
        }
    }
}
