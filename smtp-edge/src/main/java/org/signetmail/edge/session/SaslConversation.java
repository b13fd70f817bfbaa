package org.signetmail.edge.session;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.signetmail.edge.auth.Authentication;
import org.signetmail.edge.auth.SaslExchange;
import org.signetmail.edge.auth.SaslExchange.Step;
import org.signetmail.edge.auth.ScramVerifier;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;

/** A SASL exchange as RFC 4954 section 4 carries it: base64, cancelling, and the mechanism's last word before the outcome. */
final class SaslConversation {
    /** What the session has to do next. */
    sealed interface Turn {
        /** It goes on. */
        record GoOn(Outcome outcome) implements Turn {}

        /** It is over without a decision. */
        record Broken(Reply refusal) implements Turn {}

        /** It is over. */
        record Decided(Authentication authentication) implements Turn {}
    }

    private final SaslExchange exchange;
    private final InetAddress client;
    private Optional<Authentication> decision = Optional.empty();

    SaslConversation(SaslExchange exchange, InetAddress client) {
        this.exchange = exchange;
        this.client = client;
    }

    Turn begin(Optional<String> initialResponse) {
        return initialResponse
                .map(response -> respond(response.equals("=") ? "" : response)) // an empty one
                .orElseGet(() -> challenge(exchange.firstChallenge()));
    }

    Turn respond(String base64) {
        if (decision.isPresent()) {
            return lastResponse(base64);
        }
        if (base64.equals("*")) {
            return new Turn.Broken(Replies.AUTH_CANCELLED);
        }
        return decoded(base64)
                .map(response -> turn(exchange.respond(response)))
                .orElseGet(() -> new Turn.Broken(Replies.AUTH_MALFORMED));
    }

    /** Strict: with its padding, and no other way to write the same octets. */
    private static Optional<byte[]> decoded(String base64) {
        try {
            byte[] octets = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(octets).equals(base64) ? Optional.of(octets) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Turn turn(Step step) {
        return switch (step) {
            case Step.Challenge(String text) -> challenge(text);
            case Step.LookUp(String login) -> new Turn.GoOn(new Outcome.LookUp(login, client));
            case Step.Complete(var credentials) -> new Turn.GoOn(new Outcome.Authenticate(credentials, client));
            case Step.Malformed() -> new Turn.Broken(Replies.AUTH_MALFORMED);
        };
    }

    Turn lookedUp(Optional<ScramVerifier> verifier) {
        return verifier.map(found -> turn(exchange.verifier(found)))
                .orElseGet(() -> new Turn.Decided(new Authentication.Unavailable()));
    }

    Turn decided(Authentication authentication) {
        Optional<String> lastChallenge = exchange.lastChallenge(authentication);
        if (lastChallenge.isEmpty()) {
            return new Turn.Decided(authentication);
        }
        decision = Optional.of(authentication);
        return challenge(lastChallenge.get());
    }

    /** A client that is let in may still not trust this server; one that is not says something without a meaning. */
    private Turn lastResponse(String base64) {
        Authentication outcome = decision.orElseThrow();
        if (outcome instanceof Authentication.Granted && !base64.isEmpty()) {
            return new Turn.Broken(base64.equals("*") ? Replies.AUTH_CANCELLED : Replies.AUTH_MALFORMED);
        }
        return new Turn.Decided(outcome);
    }

    private static Turn challenge(String text) {
        String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return new Turn.GoOn(new Outcome.Say(Replies.challenge(base64)));
    }
}
