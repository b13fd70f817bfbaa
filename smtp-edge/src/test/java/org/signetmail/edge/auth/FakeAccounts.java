package org.signetmail.edge.auth;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.net.InetAddress;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accounts by hand. As in the demo directory, the password of NAME is NAME-password; "user" has that of RFC 7677's
 * example; "nobody" has no account, and "unavailable" stands for a directory that is away.
 */
public final class FakeAccounts implements Authenticator, Verifiers {
    /** All of them; the server's nonce is always that of RFC 7677's example. */
    public static final Mechanisms MECHANISMS =
            new Mechanisms(Optional.of("https://issuer.example.test"), () -> "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");

    private static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;
    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    private static final int ITERATIONS = 4096;

    private final Map<String, ScramVerifier> verifiers = new ConcurrentHashMap<>(); // they take a while to make

    @Override
    public Authentication authenticate(Credentials credentials, InetAddress client) {
        if (credentials.login().equals("unavailable")) {
            return new Authentication.Unavailable();
        }
        return switch (credentials) {
            case Credentials.Password(String login, String password) ->
                password.equals(password(login)) ? new Authentication.Granted(login) : new Authentication.Denied();
            case Credentials.Scram(String _, var proven) ->
                proven.<Authentication>map(granted -> granted).orElseGet(Authentication.Denied::new);
            case Credentials.Token(String login, String token) ->
                token.equals("token-of-" + login) ? new Authentication.Granted(login) : new Authentication.Denied();
            case Credentials.Certificate(String login) -> new Authentication.Granted(login);
        };
    }

    @Override
    public Optional<ScramVerifier> of(String login, InetAddress client) {
        if (login.equals("unavailable")) {
            return Optional.empty();
        }
        Optional<String> account = login.equals("nobody") ? Optional.empty() : Optional.of(login);
        return Optional.of(verifiers.computeIfAbsent(login, _ -> verifier(password(login), account)));
    }

    public static ScramVerifier verifier(String password, Optional<String> account) {
        byte[] salted = ScramFunctions.saltedPassword(
                SHA_256, StringPreparation.SASL_PREPARATION, password.toCharArray(), SALT, ITERATIONS);
        return new ScramVerifier(
                SALT,
                ITERATIONS,
                ScramFunctions.storedKey(SHA_256, ScramFunctions.clientKey(SHA_256, salted)),
                ScramFunctions.serverKey(SHA_256, salted),
                account,
                Optional.empty(),
                Optional.empty());
    }

    private static String password(String login) {
        return login.equals("user") ? "pencil" : login + "-password";
    }
}
