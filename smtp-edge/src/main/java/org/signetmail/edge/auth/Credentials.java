package org.signetmail.edge.auth;

import java.util.Optional;

/** What a client proved itself with, or wants to; never printed. */
public sealed interface Credentials {
    /** Whom the client says it is; empty when only its proof tells. */
    String login();

    /** PLAIN and LOGIN. */
    record Password(String login, String password) implements Credentials {
        @Override
        public String toString() {
            return "Password[login=" + login + "]";
        }
    }

    /**
     * SCRAM, whose exchange has checked the proof itself.
     *
     * @param proven empty when the proof is not one of an account's password
     */
    record Scram(String login, Optional<Authentication.Granted> proven) implements Credentials {}

    /** OAUTHBEARER and XOAUTH2: a token of the issuer. */
    record Token(String login, String token) implements Credentials {
        @Override
        public String toString() {
            return "Token[login=" + login + "]";
        }
    }

    /** EXTERNAL: the name in a certificate that TLS has verified. */
    record Certificate(String login) implements Credentials {}
}
