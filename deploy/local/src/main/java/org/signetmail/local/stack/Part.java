package org.signetmail.local.stack;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parts of the local stack. A wave is started at once, and only when the wave before it is ready. */
public enum Part {
    KAFKA,
    POSTGRESQL,
    MAIL_STORE,
    DIRECTORY_SERVICE,
    POLICY_SERVICE,
    NOTIFIER,
    SMTP_EDGE;

    static final List<List<Part>> WAVES = List.of(
            List.of(KAFKA, POSTGRESQL, MAIL_STORE),
            List.of(DIRECTORY_SERVICE),
            List.of(POLICY_SERVICE, NOTIFIER, SMTP_EDGE));

    /** Its name in messages, log files and pid files; of a service also its module. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Part> labelled(String label) {
        return List.of(values()).stream()
                .filter(part -> part.label().equals(label))
                .findFirst();
    }

    /** Whether it is one of Signet's four services, with health and metrics on a management port. */
    public boolean isService() {
        return switch (this) {
            case KAFKA, POSTGRESQL, MAIL_STORE -> false;
            case DIRECTORY_SERVICE, POLICY_SERVICE, NOTIFIER, SMTP_EDGE -> true;
        };
    }
}
