package org.signetmail.edge.intake;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The forged messages that this edge submits to itself (package {@code canary}). Each has a random word in its header that
 * nobody else knows, so that nobody else's forgery passes for one, and nobody is written to about ours (decision 0027).
 */
@Singleton
public class Probes {
    /** Field of the header that has the word. */
    public static final String FIELD = "Signet-Canary";

    private static final int OCTETS = 16;

    private final SecureRandom random = new SecureRandom();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** A message that is about to be submitted, until it is closed. */
    public final class Probe implements AutoCloseable {
        private final String word;

        private Probe(String word) {
            this.word = word;
        }

        /** The field that marks the message, without line end. */
        public String field() {
            return FIELD + ": " + word;
        }

        @Override
        public void close() {
            underWay.remove(word);
        }
    }

    public Probe begin() {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        String word = HexFormat.of().formatHex(octets);
        underWay.add(word);
        return new Probe(word);
    }

    /** What events say about a message: true when it is one of ours, else nothing. */
    Optional<Boolean> mark(byte[] headerBlock) {
        if (underWay.isEmpty()) {
            return Optional.empty();
        }
        String header = new String(headerBlock, StandardCharsets.ISO_8859_1);
        boolean ours = underWay.stream().anyMatch(word -> header.contains("\r\n" + FIELD + ": " + word + "\r\n"));
        return ours ? Optional.of(true) : Optional.empty();
    }
}
