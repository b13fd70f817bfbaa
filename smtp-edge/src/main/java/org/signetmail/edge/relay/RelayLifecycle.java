package org.signetmail.edge.relay;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jboss.logging.Logger;
import org.signetmail.edge.DependencyMetrics;
import org.signetmail.edge.event.EventProducer;
import org.signetmail.edge.queue.Orders;
import org.signetmail.edge.trace.Traces;

/** Starts and stops the relay with the service. */
@Singleton
class RelayLifecycle {
    private static final Logger LOG = Logger.getLogger(RelayLifecycle.class);
    /** Quarkus' TLS configuration {@code quarkus.tls.relay.trust-store...} vouches for the next hop when it is there. */
    private static final String TLS_NAME = "relay";

    private final RelayConfig config;
    private final Map<String, Object> broker;
    private final EventProducer producer;
    private final RelayMetrics metrics;
    private final Orders orders;
    private final DependencyMetrics dependencies;
    private final Traces traces;
    private final TlsConfigurationRegistry tls;
    private Optional<Relay> relay = Optional.empty();

    @Inject
    RelayLifecycle(
            RelayConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            @Identifier("relay") EventProducer producer,
            RelayMetrics metrics,
            Orders orders,
            TlsConfigurationRegistry tls,
            DependencyMetrics dependencies,
            Traces traces) {
        this.config = config;
        this.broker = broker;
        this.producer = producer;
        this.metrics = metrics;
        this.orders = orders;
        this.tls = tls;
        this.dependencies = dependencies;
        this.traces = traces;
    }

    void start(@Observes StartupEvent event) throws GeneralSecurityException {
        orders.start();
        if (!config.enabled()) {
            LOG.info("The relay is off: signet.outbound is left to other instances");
            return;
        }
        var started = new Relay(config, broker, producer, metrics, orders, trust(), dependencies, traces);
        relay = Optional.of(started);
        started.start();
        LOG.infof(
                "The relay delivers to %s, by %d routes of its own",
                config.nextHop(), config.routes().size());
    }

    void stop(@Observes ShutdownEvent event) {
        orders.close();
        relay.ifPresent(Relay::close);
    }

    private Optional<TrustManager> trust() throws GeneralSecurityException {
        Optional<KeyStore> store = tls.get(TLS_NAME).map(TlsConfiguration::getTrustStore);
        if (store.isEmpty()) {
            return Optional.empty();
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store.get());
        return Optional.of(factory.getTrustManagers()[0]);
    }
}
