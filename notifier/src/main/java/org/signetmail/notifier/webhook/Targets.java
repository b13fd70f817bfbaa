package org.signetmail.notifier.webhook;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.signetmail.notifier.config.NotifierConfig;

/** The targets of the configuration; a wrong one ends the start. */
@Startup
@Singleton
public class Targets {
    private final List<Target> all;

    Targets(NotifierConfig config) {
        this.all = config.webhooks().targets().entrySet().stream()
                .map(entry -> Target.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    List<Target> all() {
        return all;
    }

    List<Target> toldOf(Optional<String> primaryAddress) {
        return all.stream().filter(target -> target.isToldOf(primaryAddress)).toList();
    }
}
