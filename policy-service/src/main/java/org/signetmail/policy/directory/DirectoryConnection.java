package org.signetmail.policy.directory;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.signetmail.policy.operation.PolicyConfig;

/**
 * The way to directory-service: over TLS where its URL says so, with the certificate and the authorities of Quarkus' TLS
 * configuration "internal" where there is one. Calls under way when those are renewed end with the old ones.
 */
@ApplicationScoped
class DirectoryConnection {
    private static final Logger LOG = Logger.getLogger(DirectoryConnection.class);
    private static final String TLS = "internal";

    private record Clients(DirectoryClient originators, SuspensionClient suspensions) {}

    private final PolicyConfig.Directory config;
    private volatile Clients clients;

    DirectoryConnection(PolicyConfig config, TlsConfigurationRegistry tls) {
        this.config = config.directory();
        this.clients = open(tls.get(TLS));
    }

    DirectoryClient originators() {
        return clients.originators();
    }

    SuspensionClient suspensions() {
        return clients.suspensions();
    }

    void renew(@Observes CertificateUpdatedEvent renewed) {
        if (renewed.name().equals(TLS)) {
            clients = open(Optional.of(renewed.tlsConfiguration()));
            LOG.info("New connections to directory-service take the renewed certificate");
        }
    }

    private Clients open(Optional<TlsConfiguration> tls) {
        return new Clients(open(DirectoryClient.class, tls), open(SuspensionClient.class, tls));
    }

    private <C> C open(Class<C> type, Optional<TlsConfiguration> tls) {
        long timeout = config.timeout().toMillis();
        var builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(config.url())
                .connectTimeout(timeout, TimeUnit.MILLISECONDS)
                .readTimeout(timeout, TimeUnit.MILLISECONDS)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, config.maxCalls())
                // A status of 400 and above is an answer to look at, not an exception.
                .property("microprofile.rest.client.disable.default.mapper", true);
        tls.ifPresent(builder::tlsConfiguration);
        return builder.build(type);
    }
}
