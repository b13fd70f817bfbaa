package org.signetmail.notifier.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signetmail.notifier.text.Language;

/** Every key of the notifier's own; Quarkus' keys that an operator needs are in the README. */
@ConfigMapping(prefix = "signet")
public interface NotifierConfig {
    /** Host name of this suite: in From and Message-ID of its mails. */
    @WithDefault("localhost")
    String serverName();

    /** Mail addresses that receive the notifications of domains without administrators of their own; owners read the first. */
    @WithDefault("postmaster@${signet.server-name:localhost}")
    List<String> administrator();

    /** Where policy-service is asked how it would judge now. */
    Policy policy();

    Texts texts();

    Notices notices();

    Incidents incidents();

    Outbox outbox();

    Webhooks webhooks();

    Retry retry();

    /** Asked with the token of the person who reads an incident's explanation. */
    interface Policy {
        /** Where policy-service listens. */
        @WithDefault("http://127.0.0.1:8082")
        String url();
    }

    /** What people read. */
    interface Texts {
        /** Language of the administrator, and of those whose mail program does not say what they read: en or de. */
        @WithDefault("en")
        Language language();

        /** Directory whose templates replace the shipped ones of the same name. */
        Optional<Path> directory();
    }

    /** Notices without storms. */
    interface Notices {
        /** For so long the same refusal (account and address) is not told again, but gathered into one digest. 0: each is told. */
        @WithDefault("1h")
        Duration window();

        /** Most mails about refusals that one address gets in an hour, its digest included; the rest waits for the digest. */
        @WithDefault("20")
        int perHour();

        /** How often to look for digests that are due. */
        @WithDefault("5s")
        Duration checkInterval();
    }

    /** The record of incidents. */
    interface Incidents {
        /** So long an incident is kept, and who looked at it. */
        @WithDefault("365d")
        Duration keep();

        /** How often to look for what is older. */
        @WithDefault("1h")
        Duration cleanInterval();
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

    /** Who is told of incidents over HTTP: signed as Standard Webhooks has it, tried again until it is taken. */
    interface Webhooks {
        /** By a name of lower-case letters, digits and hyphens. */
        Map<String, Target> targets();

        /** How long a target may take to answer. */
        @WithDefault("10s")
        Duration timeout();

        /** Pause after the first attempt that failed; it doubles, and up to half of it is left out by chance. */
        @WithDefault("10s")
        Duration retryInitial();

        /** Longest pause. */
        @WithDefault("1h")
        Duration retryLimit();

        /** How long to try. Then an operator decides. */
        @WithDefault("1d")
        Duration giveUpAfter();

        /** Most calls of one target at a time. */
        @WithDefault("16")
        int parallel();

        /** How often to look for what is due again, or was left behind by another notifier. */
        @WithDefault("1s")
        Duration pollInterval();
    }

    /** One of them. */
    interface Target {
        /** Where to POST: https; http on loopback only. */
        URI url();

        /** Keys to sign with, whsec_ and base64; two while the receiver changes from one to the other. */
        Optional<List<String>> secrets();

        /** File with such keys instead, one a line; a changed file counts at once. */
        Optional<Path> secretsFile();

        /** Tell of accounts of these domains only. */
        Optional<List<String>> domains();

        /** Allow http to another machine: everybody between reads and replays it. */
        @WithDefault("false")
        boolean allowHttp();
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
