package org.signetmail.edge.auth;

import java.util.Optional;

/** LOGIN, draft-murchison-sasl-login: the login, then the password, each after a prompt. */
final class LoginExchange implements SaslExchange {
    private String login = "";

    @Override
    public String firstChallenge() {
        return "Username:";
    }

    @Override
    public Step respond(byte[] response) {
        Optional<String> text = SaslExchange.utf8(response);
        if (text.isEmpty() || text.get().isEmpty()) {
            return new Step.Malformed();
        }
        if (login.isEmpty()) {
            login = text.get();
            return new Step.Challenge("Password:");
        }
        return new Step.Complete(new Credentials.Password(login, text.get()));
    }
}
