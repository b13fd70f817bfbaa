package org.signetmail.edge.auth;

/** Checks credentials; blocks the caller's virtual thread, within a bounded time. */
public interface Authenticator {
    Authentication authenticate(Credentials credentials);
}
