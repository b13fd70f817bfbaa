package org.signetmail.edge.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text of a command line, which has one char per octet. */
final class Utf8 {
    private Utf8() {}

    /** Empty when the octets are no UTF-8. */
    static Optional<String> decode(String octets) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
