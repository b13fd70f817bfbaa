package org.signetmail.directory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Every setting of this service that Quarkus does not bring; the table of the README is complete (tested). */
@ConfigMapping(prefix = "signet")
public interface DirectoryConfig {
    Scram scram();

    Changes changes();

    Imports imports();

    LdapConfig ldap();

    /** How credentials are stored. */
    interface Scram {
        /** Iterations of a new credential, 4096 or more (RFC 7677 section 4); existing credentials keep theirs. */
        @WithDefault("4096")
        int iterations();

        /** How long a password that matched is known as right without deriving it again; 0 always derives. */
        @WithDefault("1h")
        Duration provenFor();
    }

    /** The change feed. */
    interface Changes {
        /** Time between two rounds of an idle feed, each of which ends with a heartbeat. */
        @WithDefault("100ms")
        Duration interval();

        /** Time until the next try after Kafka or PostgreSQL failed. */
        @WithDefault("1s")
        Duration backOff();

        /** Most changes that one transaction publishes. */
        @WithDefault("1000")
        int batchSize();

        /** Pending changes beyond which imports and synchronisations wait, so that those of others are not held up. */
        @WithDefault("2000")
        int backlog();
    }

    /** The import of accounts. */
    interface Imports {
        /** Lines that one transaction writes. */
        @WithDefault("500")
        int batchSize();

        /** Faulty lines that the answer names one by one; those beyond are only counted. */
        @WithDefault("1000")
        int reportedErrors();
    }
}
