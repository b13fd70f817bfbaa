package org.signetmail.edge.connection;

import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import org.jboss.logging.Logger;
import org.signetmail.edge.EdgeConfig;

/** TLS of the SMTP listeners, as Quarkus' TLS registry has it now; it may renew certificates while we run. */
@Singleton
class ServerCertificate {
    private static final Logger LOG = Logger.getLogger(ServerCertificate.class);

    private final EdgeConfig config;
    private final Vertx vertx;
    private volatile Optional<ServerTls> tls;

    ServerCertificate(EdgeConfig config, TlsConfigurationRegistry registry, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
        this.tls = registry.get(config.smtp().tlsName()).map(this::tls);
    }

    /** Empty when there is no certificate and so no TLS; whether there is one never changes. */
    Optional<ServerTls> tls() {
        return tls;
    }

    void renew(@Observes CertificateUpdatedEvent renewed) {
        if (tls.isPresent() && renewed.name().equals(config.smtp().tlsName())) {
            tls = Optional.of(tls(renewed.tlsConfiguration()));
            LOG.info("New connections get the renewed SMTP certificate");
        }
    }

    private ServerTls tls(TlsConfiguration configuration) {
        SSLOptions options = configuration.getSSLOptions();
        List<String> protocols = ServerTls.checked(config.smtp().tlsProtocols());
        SSLContext context = context(configuration);
        List<String> suites = options.getEnabledCipherSuites().isEmpty()
                ? ServerTls.modernSuites(context)
                : List.copyOf(options.getEnabledCipherSuites());
        boolean clientCertificates = configuration.getTrustStoreOptions() != null;
        return new ServerTls(
                context, protocols, suites, clientCertificates, config.smtp().clientCertificateName());
    }

    /** As Quarkus makes one, but for the choice among several certificates. */
    private SSLContext context(TlsConfiguration configuration) {
        TrustOptions trust = configuration.getTrustStoreOptions();
        try {
            KeyManager[] keys = configuration
                    .getKeyStoreOptions()
                    .getKeyManagerFactory(vertx)
                    .getKeyManagers();
            TrustManager[] trusted =
                    trust == null ? null : trust.getTrustManagerFactory(vertx).getTrustManagers();
            var context = SSLContext.getInstance("TLS");
            context.init(byName(keys), trusted, null);
            return context;
        } catch (Exception e) { // Vert.x declares no less
            throw new IllegalStateException("The SMTP certificate cannot be used", e);
        }
    }

    private KeyManager[] byName(KeyManager[] managers) {
        return Stream.of(managers)
                .map(manager ->
                        manager instanceof X509KeyManager store ? new KeysByName(store, config.serverName()) : manager)
                .toArray(KeyManager[]::new);
    }
}
