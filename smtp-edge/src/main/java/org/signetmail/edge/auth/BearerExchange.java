package org.signetmail.edge.auth;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * OAUTHBEARER (RFC 7628) and XOAUTH2, Google's forerunner of it: one message with a token of the issuer. A token that is
 * refused is first answered by a challenge in JSON, to which the client says something without a meaning.
 */
final class BearerExchange implements SaslExchange {
    private static final String SEPARATOR = "\u0001";
    private static final Pattern BEARER = Pattern.compile("Bearer +([A-Za-z0-9._~+/=-]+)", Pattern.CASE_INSENSITIVE);
    private static final String XOAUTH2_FAILURE = "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"\"}";

    /** Reads who the client says it is, from what is in front of its key-value pairs. */
    private interface Beginning {
        Optional<String> login(String text);
    }

    private final Beginning beginning;
    private final String failure;

    private BearerExchange(Beginning beginning, String failure) {
        this.beginning = beginning;
        this.failure = failure;
    }

    /** @param issuer URL below which the discovery document is */
    static BearerExchange oauthbearer(String issuer) {
        String discovery = issuer + (issuer.endsWith("/") ? "" : "/") + ".well-known/openid-configuration";
        return new BearerExchange(
                BearerExchange::gs2Header,
                "{\"status\":\"invalid_token\",\"openid-configuration\":\"" + discovery + "\"}"); // section 3.2.2
    }

    static BearerExchange xoauth2() {
        return new BearerExchange(BearerExchange::user, XOAUTH2_FAILURE);
    }

    @Override
    public Step respond(byte[] response) {
        return SaslExchange.utf8(response)
                .flatMap(this::read)
                .<Step>map(Step.Complete::new)
                .orElseGet(Step.Malformed::new);
    }

    /** RFC 7628 section 3.1: a header, key-value pairs, and an empty one, each ended by 0x01. */
    private Optional<Credentials> read(String message) {
        List<String> parts = Arrays.asList(message.split(SEPARATOR, -1));
        int pairs = parts.size() - 2;
        if (pairs < 2 || !parts.get(pairs).isEmpty() || !parts.get(pairs + 1).isEmpty()) {
            return Optional.empty();
        }
        List<String> authorizations = parts.subList(1, pairs).stream()
                .filter(pair -> pair.startsWith("auth="))
                .map(pair -> pair.substring("auth=".length()))
                .toList();
        boolean sound = parts.subList(1, pairs).stream().allMatch(pair -> pair.matches("[A-Za-z]+=[\t\r\n -~]*"));
        if (!sound || authorizations.size() != 1) {
            return Optional.empty();
        }
        return beginning
                .login(parts.getFirst())
                .flatMap(login -> token(authorizations.getFirst()).map(token -> new Credentials.Token(login, token)));
    }

    /** RFC 7628 section 4.3: who asks only where tokens are to be had sends none. */
    private static Optional<String> token(String authorization) {
        if (authorization.isEmpty()) {
            return Optional.of("");
        }
        var bearer = BEARER.matcher(authorization);
        return bearer.matches() ? Optional.of(bearer.group(1)) : Optional.empty();
    }

    private static Optional<String> gs2Header(String header) {
        List<String> parts = Arrays.asList(header.split(",", -1));
        boolean whole = parts.size() == 3
                && parts.getFirst().matches("[ny]")
                && parts.getLast().isEmpty();
        if (!whole) {
            return Optional.empty();
        }
        String authzid = parts.get(1);
        return authzid.isEmpty()
                ? Optional.of("")
                : Optional.of(authzid)
                        .filter(text -> text.startsWith("a="))
                        .flatMap(text -> SaslName.read(text.substring(2)));
    }

    private static Optional<String> user(String text) {
        return text.startsWith("user=") && text.length() > "user=".length()
                ? Optional.of(text.substring("user=".length()))
                : Optional.empty();
    }

    @Override
    public Optional<String> lastChallenge(Authentication outcome) {
        return outcome instanceof Authentication.Denied ? Optional.of(failure) : Optional.empty();
    }
}
