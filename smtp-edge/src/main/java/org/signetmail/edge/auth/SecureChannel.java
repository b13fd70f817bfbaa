package org.signetmail.edge.auth;

import java.util.Optional;

/**
 * What sign-in may need to know of TLS.
 *
 * @param protocol version that was agreed on
 * @param certificateName name in the client's certificate, verified; empty when it showed none that names an account
 */
public record SecureChannel(String protocol, ChannelBinding binding, Optional<String> certificateName) {
    /** TLS of which nothing is known but its version. */
    public SecureChannel(String protocol) {
        this(protocol, _ -> Optional.empty(), Optional.empty());
    }

    /** What ties a sign-in to this channel (RFC 5056). */
    @FunctionalInterface
    public interface ChannelBinding {
        /**
         * The data of a channel binding type.
         *
         * @param type unique prefix as IANA registers it, such as {@code tls-exporter}
         * @return empty when this channel has no such binding
         */
        Optional<byte[]> data(String type);
    }
}
