package org.signetmail.edge.auth;

/** What became of a sign-in. Not being able to decide is neither a yes nor a no. */
public sealed interface Authentication {
    record Granted(String account) implements Authentication {}

    record Denied() implements Authentication {}

    record Unavailable() implements Authentication {}
}
