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
 * @param issuer of the tokens for OAUTHBEARER and XOAUTH2; empty when there is none
 * @param serverNonces for SCRAM; printable, without commas, never the same twice
 */
public record Mechanisms(Optional<String> issuer, Supplier<String> serverNonces) {
    private static final int NONCE_CHARACTERS = 24;
    private static final String SCRAM = "SCRAM-SHA-256";
    private static final String SCRAM_PLUS = "SCRAM-SHA-256-PLUS";
    private static final String PLAIN = "PLAIN";
    private static final String LOGIN = "LOGIN";
    private static final String OAUTHBEARER = "OAUTHBEARER";
    private static final String XOAUTH2 = "XOAUTH2";
    private static final String EXTERNAL = "EXTERNAL";

    public static Mechanisms of(Optional<String> issuer) {
        var random = new SecureRandom();
        return new Mechanisms(issuer, () -> ScramFunctions.nonce(NONCE_CHARACTERS, random));
    }

    /** As the EHLO keyword lists them (RFC 4954 section 3), among those for passwords the strongest first. */
    public List<String> offered(Optional<SecureChannel> channel) {
        var names = new ArrayList<String>();
        if (channel.isPresent()) {
            names.add(SCRAM_PLUS);
        }
        names.addAll(List.of(SCRAM, PLAIN, LOGIN));
        if (issuer.isPresent()) {
            names.addAll(List.of(OAUTHBEARER, XOAUTH2));
        }
        if (channel.flatMap(SecureChannel::certificateName).isPresent()) {
            names.add(EXTERNAL);
        }
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
            case OAUTHBEARER -> issuer.map(BearerExchange::oauthbearer);
            case XOAUTH2 -> Optional.of(BearerExchange.xoauth2());
            case EXTERNAL -> channel.flatMap(SecureChannel::certificateName).map(ExternalExchange::new);
            default -> Optional.empty();
        };
    }
}
