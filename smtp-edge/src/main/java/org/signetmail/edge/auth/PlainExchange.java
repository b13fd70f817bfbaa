package org.signetmail.edge.auth;

import java.util.Optional;

/** PLAIN, RFC 4616: authorization identity, NUL, login, NUL, password. Acting as somebody else is not offered. */
final class PlainExchange implements SaslExchange {
    @Override
    public Step respond(byte[] response) {
        Optional<String> message = SaslExchange.utf8(response);
        if (message.isEmpty()) {
            return new Step.Malformed();
        }
        String[] parts = message.get().split("\0", -1);
        boolean complete = parts.length == 3 && !parts[1].isEmpty() && !parts[2].isEmpty();
        if (!complete || !(parts[0].isEmpty() || parts[0].equals(parts[1]))) {
            return new Step.Malformed();
        }
        return new Step.Complete(new Credentials.Password(parts[1], parts[2]));
    }
}
