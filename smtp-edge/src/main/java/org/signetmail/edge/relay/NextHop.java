package org.signetmail.edge.relay;

import java.net.URI;

/** The host that takes all mail, and the protocol that it speaks. */
record NextHop(Protocol protocol, String host, int port) {
    enum Protocol {
        SMTP(25),
        LMTP(24),
        SMTPS(465);

        private final int port;

        Protocol(int port) {
            this.port = port;
        }
    }

    /** @throws IllegalArgumentException naming what is wrong with the URI */
    static NextHop of(URI uri) {
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("signet.relay.next-hop is no smtp://host:port: " + uri);
        }
        Protocol protocol = switch (uri.getScheme()) {
            case "smtp" -> Protocol.SMTP;
            case "lmtp" -> Protocol.LMTP;
            case "smtps" -> Protocol.SMTPS;
            default ->
                throw new IllegalArgumentException(
                        "signet.relay.next-hop: not smtp, lmtp or smtps: " + uri.getScheme());
        };
        return new NextHop(protocol, uri.getHost(), uri.getPort() < 0 ? protocol.port : uri.getPort());
    }
}
