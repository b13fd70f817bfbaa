package org.signetmail.edge.relay;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A host that takes mail, and the protocol that it speaks.
 *
 * @param priority hosts with a lower one are tried first (RFC 2782)
 * @param weight share of those with the same priority
 */
record NextHop(Protocol protocol, String host, int port, int priority, int weight) {
    enum Protocol {
        SMTP(25),
        LMTP(24),
        SMTPS(465),
        /** SMTP to the hosts that the DNS names for each domain. */
        MX(25);

        private final int port;

        Protocol(int port) {
            this.port = port;
        }
    }

    NextHop(Protocol protocol, String host, int port) {
        this(protocol, host, port, 0, 1);
    }

    /** @throws IllegalArgumentException naming what is wrong with the URI */
    static NextHop of(URI uri) {
        if (uri.toString().equals("mx:*")) {
            return new NextHop(Protocol.MX, "*", Protocol.MX.port);
        }
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("A next hop of signet.relay is no smtp://host:port or mx:*: " + uri);
        }
        Protocol protocol = switch (uri.getScheme()) {
            case "smtp" -> Protocol.SMTP;
            case "lmtp" -> Protocol.LMTP;
            case "smtps" -> Protocol.SMTPS;
            default ->
                throw new IllegalArgumentException(
                        "A next hop of signet.relay: not smtp, lmtp or smtps: " + uri.getScheme());
        };
        Map<String, Integer> parameters = parameters(uri);
        return new NextHop(
                protocol,
                uri.getHost(),
                uri.getPort() < 0 ? protocol.port : uri.getPort(),
                parameters.getOrDefault("priority", 0),
                parameters.getOrDefault("weight", 1));
    }

    private static Map<String, Integer> parameters(URI uri) {
        Map<String, Integer> parameters = Optional.ofNullable(uri.getQuery()).stream()
                .flatMap(query -> Arrays.stream(query.split("&", -1)))
                .map(parameter -> parameter.split("=", 2))
                .filter(pair -> pair.length == 2 && pair[1].matches("\\d{1,5}"))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Integer.valueOf(pair[1]), (_, last) -> last));
        boolean understood = uri.getQuery() == null
                || parameters.size() == uri.getQuery().split("&", -1).length
                        && Set.of("priority", "weight").containsAll(parameters.keySet());
        if (!understood) {
            throw new IllegalArgumentException(
                    "A next hop of signet.relay: behind ? stand priority=NUMBER and weight=NUMBER: " + uri);
        }
        return parameters;
    }
}
