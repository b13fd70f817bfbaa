package org.signetmail.edge.relay;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where accepted mail goes, and how long it is tried. */
@ConfigMapping(prefix = "signet.relay")
public interface RelayConfig {
    /** Whether this instance delivers what stands in signet.outbound; one without only writes there. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Hosts that take the mail which no route takes: smtp://host:port, lmtp://host:port or smtps://host:port, or mx:* for those
     * that the DNS names for each domain. Of several, with
     * ?priority=NUMBER&weight=NUMBER (RFC 2782), those of the lowest priority share it by weight, and others stand in.
     */
    @WithDefault("smtp://localhost:25")
    List<URI> nextHop();

    /** Ways that mail for some domains takes, by name. */
    Map<String, RouteConfig> routes();

    /**
     * opportunistic: TLS when offered, whatever the certificate; required: TLS with a certificate that is valid for the
     * host, or wait; none. With a username, opportunistic means required.
     */
    @WithDefault("opportunistic")
    StartTls starttls();

    /** Account at the next hop, when it wants AUTH (PLAIN or LOGIN). */
    Optional<String> username();

    /** Password of that account. */
    Optional<String> password();

    /** Name after EHLO or LHLO, and reporting MTA of delivery reports. */
    @WithDefault("${signet.server-name:localhost}")
    String heloName();

    /** Deliveries at once of what no route takes, and connections at most. */
    @WithDefault("16")
    int concurrency();

    /** Time to connect, TCP only. */
    @WithDefault("30s")
    Duration connectTimeout();

    /** Time for the greeting and for the reply to each command (RFC 5321 4.5.3.2). */
    @WithDefault("5m")
    Duration commandTimeout();

    /** Time to send the content, and again for the reply to it (RFC 5321 4.5.3.2.6). */
    @WithDefault("10m")
    Duration dataTimeout();

    /** A connection that was not used for so long is closed. */
    @WithDefault("30s")
    Duration idleTimeout();

    /** First pause after trouble with the next hop or Kafka; doubled each time. */
    @WithDefault("500ms")
    Duration backOff();

    /** Longest pause after trouble with the next hop or Kafka. */
    @WithDefault("30s")
    Duration backOffLimit();

    /**
     * Pauses of a message that got a 4xx, growing, the last one again and again. The n-th goes to partition n of
     * signet.retries: fewer than the topic has partitions, of which the rest are lines. A message that is held goes through them too.
     */
    @WithDefault("1m,5m,15m,1h,4h")
    List<Duration> retryDelays();

    /** A message that old, counted from its acceptance, is reported undeliverable instead of retried. */
    @WithDefault("5d")
    Duration giveUpAfter();

    /**
     * A next hop that takes no mail is waited for so long; then what is read for it stands in line, and one message at a time
     * tries whether it is back.
     */
    @WithDefault("1m")
    Duration setAsideAfter();

    /** A message that old, counted from its acceptance, is reported delayed, once; NOTIFY may ask otherwise (RFC 3461). */
    @WithDefault("4h")
    Duration delayNoticeAfter();

    /** RET=FULL returns a message up to this size whole, a larger one by its header; at most 256K. */
    @WithDefault("256K")
    MemorySize returnUpTo();

    /** Mail to the hosts that the DNS names (next hop mx:*). */
    Mx mx();

    /** Signatures of what goes out (RFC 6376). */
    Dkim dkim();

    /** A message with more Received fields than this goes round in circles and is undeliverable (RFC 5321 6.3). */
    @WithDefault("100")
    int maxHops();

    /** Ids of settled messages to remember, so that a record read twice is not delivered twice. */
    @WithDefault("100000")
    int rememberedIds();

    /** A message whose last part is missing for so long was given up by its writer and is dropped. */
    @WithDefault("1h")
    Duration incompleteAfter();

    /** Time for deliveries under way when this instance stops. */
    @WithDefault("20s")
    Duration drainWithin();

    /** Signatures of what goes out (RFC 6376). */
    interface Dkim {
        /**
         * Directory of private keys, each in a file SELECTOR._domainkey.DOMAIN (PEM, PKCS #8): RSA of 2048 bits or more, or
         * Ed25519. Every key of a From field's domain signs, if the verdict has proved the domain. None: nothing is signed.
         */
        Optional<Path> keys();

        /** How often the directory is looked at for keys that came or went. */
        @WithDefault("30s")
        Duration reloadEvery();
    }

    /** Mail to the hosts that the DNS names (next hop mx:*). */
    interface Mx {
        /** Recursive name servers, as host or host:port; none: the system's. */
        Optional<List<String>> resolvers();

        /**
         * Whether they validate DNSSEC and nothing between them and here can change an answer (they run on this host): then
         * their AD bit is trusted, and TLSA records count (DANE, RFC 7672).
         */
        @WithDefault("false")
        boolean dnssec();

        /** Whether MTA-STS policies count (RFC 8461). */
        @WithDefault("true")
        boolean mtaSts();

        /** Time for an answer of a name server, and for a policy. */
        @WithDefault("5s")
        Duration timeout();

        /** Port of those hosts. */
        @WithDefault("25")
        int port();

        /** Port where policies are fetched. */
        @WithDefault("443")
        int policyPort();
    }

    /** Use of STARTTLS (RFC 3207). */
    enum StartTls {
        OPPORTUNISTIC,
        REQUIRED,
        NONE
    }
}
