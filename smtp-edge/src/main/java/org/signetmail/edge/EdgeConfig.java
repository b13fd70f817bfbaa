package org.signetmail.edge;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.signetmail.edge.certificate.CertificateName;
import org.signetmail.edge.network.Network;
import org.signetmail.edge.protocollog.Level;
import org.signetmail.edge.reply.ReplyStyle;

/** Configuration of the edge, apart from its relay ({@code org.signetmail.edge.relay.RelayConfig}). */
@ConfigMapping(prefix = "signet")
public interface EdgeConfig {
    /** Host name of this server, as greeting, EHLO, Received fields and notices show it. */
    @WithDefault("localhost")
    String serverName();

    /** The SMTP listeners and sessions. */
    Smtp smtp();

    /** Failed sign-ins. */
    SignIn signIn();

    /** How much an account may submit whose directory entry says nothing else. */
    Rate rate();

    /** The question to policy-service. */
    Verdict verdict();

    /** This instance among the edges. */
    Edge edge();

    /** Where accounts are checked. */
    Directory directory();

    /** Copies of received messages. */
    Archive archive();

    /** The SMTP dialogue, written down. */
    ProtocolLog protocolLog();

    /** What may be changed over the management port. */
    Management management();

    /** A forged message now and then, which must be refused. */
    Canary canary();

    /** The SMTP listeners and sessions. */
    interface Smtp {
        /** Address that the listeners bind. */
        @WithDefault("0.0.0.0")
        String host();

        /** Port of the submission listener (RFC 6409), with STARTTLS when a certificate is configured; -1 for none. */
        @WithDefault("587")
        int port();

        /** Port of the listener with implicit TLS (RFC 8314), which needs a certificate; -1 for none. */
        @WithDefault("465")
        int tlsPort();

        /** Name of the Quarkus TLS configuration (quarkus.tls.NAME.*) that holds certificate and key. */
        @WithDefault("smtp")
        String tlsName();

        /** Versions of TLS that are spoken: TLSv1.3, TLSv1.2 or both. What Quarkus' configuration says of them is not asked. */
        @WithDefault("TLSv1.3,TLSv1.2")
        List<String> tlsProtocols();

        /**
         * What of a client's certificate names the account: email, email-local-part (both of subjectAltName), cn or uid
         * (both of the subject). Clients are asked for one when quarkus.tls.NAME.trust-store is configured.
         */
        @WithDefault("email")
        CertificateName clientCertificateName();

        /** Sign-in by OAUTHBEARER and XOAUTH2. */
        Oauth oauth();

        /** Offer AUTH without TLS as well; for loopback and tests only. */
        @WithDefault("false")
        boolean allowPlaintextAuth();

        /** exchange: 554 letter for letter as Exchange 5.5; enhanced: with enhanced status codes (RFC 2034). */
        @WithDefault("exchange")
        ReplyStyle replyStyle();

        /** Largest message, in octets, of an account that the directory gives no limit of its own. */
        @WithDefault("25M")
        MemorySize maxMessageSize();

        /** Memory for all messages in hand, in octets; a quarter of the largest heap unless set. */
        Optional<MemorySize> memoryBudget();

        /** A longer message is kept in a file but for its header, in octets. */
        @WithDefault("256K")
        MemorySize spillAbove();

        /** Directory of those files, on a disk; signet-spill in the temporary directory unless set. */
        Optional<Path> spillDirectory();

        /** Disk for all messages in hand, in octets; each has a whole max-message-size while it is read. */
        @WithDefault("4G")
        MemorySize spillBudget();

        /** How long a message may wait for memory or disk, not read from its client; then it is 452. */
        @WithDefault("1M")
        Duration spillTimeout();

        /** Largest header block, in octets; over 512K the originators in it may not fit in an event. */
        @WithDefault("256K")
        MemorySize maxHeaderSize();

        /** Recipients of one message; EHLO says so (LIMITS, RFC 9422). */
        @WithDefault("100")
        int maxRecipients();

        /** Octets of a command line without its CRLF; AUTH may have those of a SASL response (RFC 4954 section 4). */
        @WithDefault("4K")
        MemorySize maxLineLength();

        /** Failed sign-ins of one session before it is closed. */
        @WithDefault("3")
        int maxAuthFailures();

        /** Refused commands, counted from the last accepted message, before a session is closed. */
        @WithDefault("20")
        int maxErrors();

        /** Commands that lead to no message, counted from the last accepted one, before a session is closed. */
        @WithDefault("100")
        int maxIdleCommands();

        /** Longest time that a client may have a message held before delivery (RFC 4865); 0 for none at all. */
        @WithDefault("7D")
        Duration maxHold();

        /** Proxies, in CIDR notation; a connection from there begins with a PROXY header, none from elsewhere does. */
        Optional<List<Network>> proxyNetworks();

        /** How long a proxy may take to send its header; then the connection is closed without a greeting. */
        @WithDefault("5S")
        Duration proxyTimeout();

        /** Connections at a time; a further one reads 421, or with implicit TLS is closed. */
        @WithDefault("10000")
        int maxConnections();

        /** Connections at a time from one address, with IPv6 from one /64; a further one as above. 0: no limit. */
        @WithDefault("100")
        int maxConnectionsPerAddress();

        /** Connections at a time of one account whose directory entry says nothing else; a further one reads 421. 0: no limit. */
        @WithDefault("50")
        int maxConnectionsPerAccount();

        /** Networks in CIDR notation, such as a webmail's, that no limit per address or network is for. */
        Optional<List<Network>> exemptNetworks();

        /** How long a client may take to send its next command (RFC 5321 section 4.5.3.2.7), or to take replies. */
        @WithDefault("5M")
        Duration commandTimeout();

        /** How long a client may be silent within a message (RFC 5321 section 4.5.3.2.5). */
        @WithDefault("3M")
        Duration dataTimeout();

        /** Slowest content that is borne, in octets a second; a client that is silent in between is borne no longer. */
        @WithDefault("500")
        int minDataRate();

        /** How long sessions may finish their transaction when the server stops. */
        @WithDefault("20S")
        Duration drainTimeout();

        /** Sign-in by OAUTHBEARER and XOAUTH2. */
        interface Oauth {
            /** OpenID Connect issuer of access tokens, letter for letter as its discovery document has it; none: not offered. */
            Optional<String> issuer();

            /** Audience that a token must have; required with an issuer. */
            Optional<String> audience();

            /** Claim of a token that names the account. */
            @WithDefault("preferred_username")
            String accountClaim();

            /** To connect to the issuer, and again for each of its answers. */
            @WithDefault("5S")
            Duration timeout();
        }
    }

    /** Failed sign-ins. */
    interface SignIn {
        /** How late a client hears of its first failure; doubles with each further one of its address or account. */
        @WithDefault("1S")
        Duration delay();

        /** The latest that it hears of one. */
        @WithDefault("8S")
        Duration maxDelay();

        /** Failures of an address (with IPv6 a /64) within an hour, after which it is not served. 0: no limit. */
        @WithDefault("20")
        int failuresPerAddress();

        /** Failures of a network within an hour, after which it is not served. 0: no limit. */
        @WithDefault("200")
        int failuresPerNetwork();

        /** Leading bits of an IPv4 address that name its network. */
        @WithDefault("24")
        int ipv4Network();

        /** Leading bits of an IPv6 address that name its network. */
        @WithDefault("48")
        int ipv6Network();
    }

    /** How much an account may submit whose directory entry says nothing else. 0: no limit. */
    interface Rate {
        /** Messages within an hour. */
        @WithDefault("0")
        long messagesPerHour();

        /** Messages within a day. */
        @WithDefault("0")
        long messagesPerDay();

        /** Recipients within an hour. */
        @WithDefault("0")
        long recipientsPerHour();

        /** Recipients within a day. */
        @WithDefault("0")
        long recipientsPerDay();
    }

    /** The question to policy-service. */
    interface Verdict {
        /** A client waits this long for a verdict; then it reads 451. */
        @WithDefault("10S")
        Duration timeout();
    }

    /** This instance among the edges. */
    interface Edge {
        /** Partition of signet.verdicts that this edge, and no other, reads; the ordinal of a StatefulSet's pod. */
        @WithDefault("0")
        int replyPartition();
    }

    /** Where accounts are checked. */
    interface Directory {
        /** Base URL of directory-service. */
        @WithDefault("http://localhost:8081")
        String url();

        /** Bearer token of role edge. */
        String token();

        /** How long one sign-in may take to check. */
        @WithDefault("5S")
        Duration timeout();
    }

    /** Copies of received messages. */
    interface Archive {
        /** Keep a copy of each received message, written before it is judged. */
        @WithDefault("false")
        boolean enabled();

        /** Directory above in/archive. */
        @WithDefault("/var/spool/signet")
        Path directory();

        /** What the directory is called where administrators read notifications, if that is another name. */
        Optional<Path> shownAs();

        /** Older copies are deleted; 0 keeps them for ever. */
        @WithDefault("30d")
        Duration keepFor();

        /** The oldest copies are deleted when all together are larger; 0 without limit. */
        @WithDefault("10G")
        MemorySize maxSize();
    }

    /** The SMTP dialogue, written down. */
    interface ProtocolLog {
        /** none, minimum, medium or maximum. */
        @WithDefault("none")
        Level level();

        /** File that lines are appended to. */
        @WithDefault("/var/log/signet/protocol.log")
        Path file();

        /** Former files to keep, as FILE.1, FILE.2, …; 0 when another program rotates. */
        @WithDefault("14")
        int keep();

        /** A file does not grow beyond that. */
        @WithDefault("100M")
        MemorySize maxSize();

        /** Begin a file with each day (UTC), too. */
        @WithDefault("true")
        boolean daily();
    }

    /** What may be changed over the management port. */
    interface Management {
        /** Bearer token that an operator shows to read and change settings on the management port; none: nobody may. */
        Optional<String> token();
    }

    /** A forged message now and then, which must be refused. */
    interface Canary {
        /** Account that submits it; none: no such message. It must not be allowed to use the address of from. */
        Optional<String> account();

        /** Password of that account. */
        Optional<String> password();

        /** Address in its From field, and its recipient. */
        @WithDefault("canary@signet.invalid")
        String from();

        /** Time between two such messages. */
        @WithDefault("1M")
        Duration interval();
    }
}
