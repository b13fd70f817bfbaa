package org.signetmail.edge.relay;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import org.signetmail.edge.relay.RelayConfig.StartTls;

/**
 * What a connection to the next hop needs to know.
 *
 * @param trust who vouches for the next hop's certificate; empty: the JVM's authorities
 */
record HopSettings(
        NextHop hop,
        StartTls startTls,
        Optional<Credentials> credentials,
        String heloName,
        Duration connectTimeout,
        Duration commandTimeout,
        Duration dataTimeout,
        Optional<TrustManager> trust) {

    record Credentials(String username, String password) {
        @Override
        public String toString() {
            return username;
        }
    }

    /** A next hop of what no route takes. */
    static HopSettings of(RelayConfig config, URI nextHop, Optional<TrustManager> trust) {
        return of(config, nextHop, config.starttls(), credentials(config.username(), config.password()), trust);
    }

    /** A next hop of a route. */
    static HopSettings of(RelayConfig config, RouteConfig route, URI nextHop, Optional<TrustManager> trust) {
        return of(config, nextHop, route.starttls(), credentials(route.username(), route.password()), trust);
    }

    private static Optional<Credentials> credentials(Optional<String> username, Optional<String> password) {
        return username.map(name -> new Credentials(name, password.orElse("")));
    }

    private static HopSettings of(
            RelayConfig config,
            URI nextHop,
            StartTls startTls,
            Optional<Credentials> credentials,
            Optional<TrustManager> trust) {
        // A password must not go to whoever answers, so it wants a certificate.
        boolean secret = credentials.isPresent() && startTls == StartTls.OPPORTUNISTIC;
        return new HopSettings(
                NextHop.of(nextHop),
                secret ? StartTls.REQUIRED : startTls,
                credentials,
                config.heloName(),
                config.connectTimeout(),
                config.commandTimeout(),
                config.dataTimeout(),
                trust);
    }

    /** The same, but for mail that must not go anywhere without verified TLS (RFC 8689 4.2.1). */
    HopSettings verified() {
        return new HopSettings(
                hop, StartTls.REQUIRED, credentials, heloName, connectTimeout, commandTimeout, dataTimeout, trust);
    }

    boolean implicitTls() {
        return hop.protocol() == NextHop.Protocol.SMTPS;
    }

    /** Opportunistic TLS takes any certificate: it is better than none, and no worse (RFC 7435). */
    boolean verifiesPeer() {
        return implicitTls() || startTls == StartTls.REQUIRED;
    }
}
