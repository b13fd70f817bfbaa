package org.signetmail.edge.connection;

import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jboss.logging.Logger;
import org.signetmail.edge.EdgeConfig;

/** Certificate and key of the SMTP listeners, as Quarkus' TLS registry has them now; it may renew them while we run. */
@Singleton
class ServerCertificate {
    private static final Logger LOG = Logger.getLogger(ServerCertificate.class);

    private final String name;
    private volatile Optional<SSLContext> context;

    ServerCertificate(EdgeConfig config, TlsConfigurationRegistry registry) {
        name = config.smtp().tlsName();
        context = registry.get(name).map(ServerCertificate::context);
    }

    /** Empty when there is no certificate and so no TLS; whether there is one never changes. */
    Optional<SSLContext> context() {
        return context;
    }

    void renew(@Observes CertificateUpdatedEvent renewed) {
        if (context.isPresent() && renewed.name().equals(name)) {
            context = Optional.of(context(renewed.tlsConfiguration()));
            LOG.info("New connections get the renewed SMTP certificate");
        }
    }

    private static SSLContext context(TlsConfiguration configuration) {
        try {
            return configuration.createSSLContext();
        } catch (Exception e) { // createSSLContext declares no less
            throw new IllegalStateException("The SMTP certificate cannot be used", e);
        }
    }
}
