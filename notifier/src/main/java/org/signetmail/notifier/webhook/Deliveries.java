package org.signetmail.notifier.webhook;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.database.Schema;
import org.signetmail.notifier.metrics.NotifierMetrics;

/** A deliverer for each target, on a thread of its own: none waits for another. */
@Singleton
public class Deliveries {
    private final List<Deliverer> deliverers;
    private final Schema schema;
    private final Caller caller;

    Deliveries(
            Targets targets,
            DeliveryStore store,
            Database database,
            Schema schema,
            NotifierConfig config,
            NotifierMetrics metrics,
            Clock clock) {
        this.schema = schema;
        this.caller = new Caller(config.webhooks().timeout(), clock);
        this.deliverers = targets.all().stream()
                .map(target -> new Deliverer(target, store, database, caller, config, metrics, clock))
                .toList();
    }

    /** Says that deliveries were committed. */
    public void wake() {
        deliverers.forEach(Deliverer::wake);
    }

    void begin(@Observes StartupEvent event) {
        deliverers.forEach(deliverer -> deliverer.begin(schema));
    }

    void end(@Observes ShutdownEvent event) throws InterruptedException {
        for (Deliverer deliverer : deliverers) {
            deliverer.end();
        }
        caller.close();
    }
}
