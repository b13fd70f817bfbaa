package org.signetmail.edge.auth;

/** What a client proved itself with; never printed. */
public record Credentials(String login, String password) {
    @Override
    public String toString() {
        return "Credentials[login=" + login + "]";
    }
}
