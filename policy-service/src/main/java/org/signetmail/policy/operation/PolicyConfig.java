package org.signetmail.policy.operation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import org.signetmail.policy.check.DisplayNameAddress;

/** Every setting of policy-service that is its own; the README's table has them, too. */
@ConfigMapping(prefix = "signet")
public interface PolicyConfig {
    Directory directory();

    /** Longest time a verdict may wait for the directory; below the time after which the edge answers 451 itself. */
    @WithDefault("6s")
    Duration verdictLimit();

    /** What is done about an address in a display name that the account may not use: reject, report or allow. */
    @WithDefault("report")
    DisplayNameAddress displayNameAddress();

    /** When an account is suspended because of what it tries. */
    Suspension suspension();

    /** How past submissions are judged anew. */
    Replay replay();

    /** How directory-service is asked. */
    interface Directory {
        /** Where directory-service listens. */
        @WithDefault("http://127.0.0.1:8081")
        URI url();

        /** Bearer token with the role policy. There is no default: without it the service does not start. */
        String token();

        /** Limit of each call: for the connection, and for the answer. */
        @WithDefault("2s")
        Duration timeout();

        /** Calls under way at once; more wait for at most the timeout. */
        @WithDefault("64")
        int maxCalls();

        /** Accounts whose originators are kept. */
        @WithDefault("100000")
        int cacheEntries();

        /** How far behind the directory a verdict may be; without a younger heartbeat every look-up is a call. */
        @WithDefault("1s")
        Duration maxStaleness();
    }

    /** Bounds of a replay, which must not be felt by those who wait for a verdict. */
    interface Replay {
        /** Calls to directory-service a second, at most; a replay makes one per account. */
        @WithDefault("50")
        int callsPerSecond();

        /** Refused accounts that the answer lists; the others are counted. */
        @WithDefault("100")
        int listedAccounts();
    }

    /** An account that tries many foreign addresses is taken for compromised. */
    interface Suspension {
        /** Distinct foreign addresses within the window that suspend an account; 0 never suspends. */
        @WithDefault("20")
        int addresses();

        /** How long a foreign address counts. */
        @WithDefault("1h")
        Duration window();
    }
}
