package org.signetmail.edge.auth;

import java.util.Optional;

/**
 * What the directory keeps instead of a password (RFC 5802 section 3). Octets are base64 in JSON.
 *
 * @param account whose it is; empty for a decoy, which stands for an account that nobody can sign in to
 * @param credential id of the application password whose it is; empty for the account's own password
 */
public record ScramVerifier(
        byte[] salt,
        int iterations,
        byte[] storedKey,
        byte[] serverKey,
        Optional<String> account,
        Optional<String> credential,
        Optional<AccountLimits> limits) {
    private static final int KEY_OCTETS = 32;

    public ScramVerifier {
        boolean whole = salt != null
                && salt.length > 0
                && iterations > 0
                && storedKey != null
                && storedKey.length == KEY_OCTETS
                && serverKey != null
                && serverKey.length == KEY_OCTETS;
        if (!whole) {
            throw new IllegalArgumentException("No verifier of SCRAM-SHA-256");
        }
    }
}
