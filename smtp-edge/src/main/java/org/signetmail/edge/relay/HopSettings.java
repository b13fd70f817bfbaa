package org.signetmail.edge.relay;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import org.signetmail.edge.relay.RelayConfig.StartTls;

/**
 * What a connection to the next hop needs to know.
 *
 * @param trust who vouches for the next hop's certificate; empty: the JVM's authorities
 * @param address of the next hop; empty: the system finds it by name
 * @param nameProved whether it is certain that this is the host to go to: configured, or proved by DNSSEC or MTA-STS
 */
record HopSettings(
        NextHop hop,
        StartTls startTls,
        Optional<Credentials> credentials,
        String heloName,
        Duration connectTimeout,
        Duration commandTimeout,
        Duration dataTimeout,
        Optional<TrustManager> trust,
        Optional<InetAddress> address,
        boolean nameProved) {

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
                trust,
                Optional.empty(),
                true);
    }

    /** The same for a host that was looked up. */
    HopSettings at(NextHop host, InetAddress found, boolean proved) {
        return with(host, startTls, trust, Optional.of(found), proved);
    }

    /** The same, but for mail that must not go anywhere without verified TLS (RFC 8689 4.2.1). */
    HopSettings verified() {
        return with(hop, StartTls.REQUIRED, trust, address, nameProved);
    }

    /** The same, but for a host that is known by other means than authorities. */
    HopSettings verifiedBy(TrustManager pins) {
        return with(hop, StartTls.REQUIRED, Optional.of(pins), address, nameProved);
    }

    private HopSettings with(
            NextHop host, StartTls tls, Optional<TrustManager> trusted, Optional<InetAddress> found, boolean proved) {
        return new HopSettings(
                host, tls, credentials, heloName, connectTimeout, commandTimeout, dataTimeout, trusted, found, proved);
    }

    boolean implicitTls() {
        return hop.protocol() == NextHop.Protocol.SMTPS;
    }

    /** Opportunistic TLS takes any certificate: it is better than none, and no worse (RFC 7435). */
    boolean verifiesPeer() {
        return implicitTls() || startTls == StartTls.REQUIRED;
    }
}
