package org.signetmail.notifier.config;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.signetmail.notifier.text.Texts;

/** The texts of mails; asked for at start, so that a bad template ends it. */
final class TextsSource {
    private static final Logger LOG = Logger.getLogger(TextsSource.class);

    @Produces
    @Singleton
    Texts texts(NotifierConfig config) {
        return new Texts(config.texts().directory());
    }

    void begin(@Observes StartupEvent event, Texts texts) {
        LOG.debugf("Templates are good: %s", texts);
    }
}
