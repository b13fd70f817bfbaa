package org.signetmail.edge.auth;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.signetmail.edge.EdgeConfig;

/**
 * The way to directory-service: over TLS where its URL says so, with the certificate and the authorities of Quarkus' TLS
 * configuration "internal" where there is one. Calls under way when those are renewed end with the old ones.
 */
@ApplicationScoped
class DirectoryConnection {
    private static final Logger LOG = Logger.getLogger(DirectoryConnection.class);
    private static final String TLS = "internal";

    private final EdgeConfig.Directory config;
    private volatile DirectoryClient client;

    DirectoryConnection(EdgeConfig config, TlsConfigurationRegistry tls) {
        this.config = config.directory();
        this.client = open(tls.get(TLS));
    }

    DirectoryClient client() {
        return client;
    }

    void renew(@Observes CertificateUpdatedEvent renewed) {
        if (renewed.name().equals(TLS)) {
            client = open(Optional.of(renewed.tlsConfiguration()));
            LOG.info("New connections to directory-service take the renewed certificate");
        }
    }

    private DirectoryClient open(Optional<TlsConfiguration> tls) {
        return open(URI.create(config.url()), config.timeout(), tls);
    }

    /** @param timeout to connect, and again for the answer */
    static DirectoryClient open(URI url, Duration timeout, Optional<TlsConfiguration> tls) {
        var builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        tls.ifPresent(builder::tlsConfiguration);
        return builder.build(DirectoryClient.class);
    }
}
