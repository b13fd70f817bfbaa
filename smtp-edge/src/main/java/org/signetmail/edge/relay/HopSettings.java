package org.signetmail.edge.relay;

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

    static HopSettings of(RelayConfig config, Optional<TrustManager> trust) {
        Optional<Credentials> credentials = config.username()
                .map(name -> new Credentials(name, config.password().orElse("")));
        // A password must not go to whoever answers, so it wants a certificate.
        boolean secret = credentials.isPresent() && config.starttls() == StartTls.OPPORTUNISTIC;
        return new HopSettings(
                NextHop.of(config.nextHop()),
                secret ? StartTls.REQUIRED : config.starttls(),
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
