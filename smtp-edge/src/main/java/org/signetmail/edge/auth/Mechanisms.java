package org.signetmail.edge.auth;

import com.ongres.scram.common.ScramFunctions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The SASL mechanisms of this server: which are offered depends on its configuration and on TLS.
 *
 * @param serverNonces for SCRAM; printable, without commas, never the same twice
 */
public record Mechanisms(Supplier<String> serverNonces) {
    private static final int NONCE_CHARACTERS = 24;
    private static final String SCRAM = "SCRAM-SHA-256";
    private static final String SCRAM_PLUS = "SCRAM-SHA-256-PLUS";
    private static final String PLAIN = "PLAIN";
    private static final String LOGIN = "LOGIN";

    public static Mechanisms withRandomNonces() {
        var random = new SecureRandom();
        return new Mechanisms(() -> ScramFunctions.nonce(NONCE_CHARACTERS, random));
    }

    /** As the EHLO keyword lists them, the strongest first (RFC 4954 section 3). */
    public List<String> offered(Optional<SecureChannel> channel) {
        var names = new ArrayList<String>();
        if (channel.isPresent()) {
            names.add(SCRAM_PLUS);
        }
        names.addAll(List.of(SCRAM, PLAIN, LOGIN));
        return names;
    }

    /**
     * Begins an exchange.
     *
     * @param name as AUTH has it, upper case
     * @return empty when it is not offered
     */
    public Optional<SaslExchange> exchange(String name, Optional<SecureChannel> channel) {
        if (!offered(channel).contains(name)) {
            return Optional.empty();
        }
        return switch (name) {
            case SCRAM_PLUS -> Optional.of(new ScramExchange(true, channel, serverNonces.get()));
            case SCRAM -> Optional.of(new ScramExchange(false, channel, serverNonces.get()));
            case PLAIN -> Optional.of(new PlainExchange());
            case LOGIN -> Optional.of(new LoginExchange());
            default -> Optional.empty();
        };
    }
}
