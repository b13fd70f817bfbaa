package org.signetmail.edge.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One run of a SASL mechanism, the server's side without I/O (RFC 4422). */
public interface SaslExchange {
    /** What the mechanism asks for when the client sent no initial response; text before base64. */
    default String firstChallenge() {
        return "";
    }

    /** Takes the client's next response, decoded from base64. */
    Step respond(byte[] response);

    /** Takes what {@link Step.LookUp} asked for. */
    default Step verifier(ScramVerifier verifier) {
        throw new IllegalStateException("No verifier was asked for");
    }

    /** What the mechanism has to say before the client learns the outcome; text before base64. */
    default Optional<String> lastChallenge(Authentication outcome) {
        return Optional.empty();
    }

    /** Where an exchange stands after a response. */
    sealed interface Step {
        /** The server needs more; text before base64. */
        record Challenge(String text) implements Step {}

        /** The verifier of that login is needed. */
        record LookUp(String login) implements Step {}

        /** All is said; the credentials want checking. */
        record Complete(Credentials credentials) implements Step {}

        /** The response is not what the mechanism says. */
        record Malformed() implements Step {}
    }

    /** Strict UTF-8; empty for anything else. */
    static Optional<String> utf8(byte[] octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
