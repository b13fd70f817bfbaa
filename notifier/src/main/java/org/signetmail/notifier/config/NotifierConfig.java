package org.signetmail.notifier.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Every key of the notifier's own; Quarkus' keys that an operator needs are in the README. */
@ConfigMapping(prefix = "signet")
public interface NotifierConfig {
    /** Host name of this suite: in From and Message-ID of its mails. */
    @WithDefault("localhost")
    String serverName();

    /** Mail address that receives the notifications. */
    @WithDefault("postmaster@${signet.server-name:localhost}")
    String administrator();

    /** Where policy-service is asked how it would judge now. */
    Policy policy();

    Outbox outbox();

    Retry retry();

    /** Asked with the token of the person who reads an incident's explanation. */
    interface Policy {
        /** Where policy-service listens. */
        @WithDefault("http://127.0.0.1:8082")
        String url();
    }

    /** The outbox: mails that are written and not yet in Kafka. */
    interface Outbox {
        /** How often to look for mails that another notifier left behind; own mails go at once. */
        @WithDefault("1s")
        Duration pollInterval();

        /** Most mails that one transaction publishes. */
        @WithDefault("50")
        int batch();

        /** How long Kafka may take to acknowledge a batch. */
        @WithDefault("30s")
        Duration timeout();
    }

    /** Back-off while PostgreSQL or Kafka is away: the first pause doubles up to the limit. */
    interface Retry {
        /** First pause. */
        @WithDefault("100ms")
        Duration initial();

        /** Longest pause. */
        @WithDefault("5s")
        Duration limit();
    }
}
