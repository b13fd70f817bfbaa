package org.signetmail.edge.auth;

import java.net.InetAddress;

/** Checks credentials; blocks the caller's virtual thread, within a bounded time. */
public interface Authenticator {
    /** @param client address of the submitting host */
    Authentication authenticate(Credentials credentials, InetAddress client);
}
