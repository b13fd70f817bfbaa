package org.signetmail.directory.credential;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The verifier that is shown where there is none: no password matches it, and it is the same for a login each time, as
 * a true one is (RFC 5802 section 9 warns of telling who has an account).
 */
final class Decoy {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SALT_OCTETS = 16;

    private final SecretKeySpec key;
    private final int iterations;

    Decoy(byte[] key, int iterations) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.iterations = iterations;
    }

    /** For a login that need not be one. */
    Verifier of(String login) {
        String name = login.toLowerCase(Locale.ROOT);
        byte[] salt = Arrays.copyOf(octets("salt", name), SALT_OCTETS);
        return new Verifier(salt, iterations, octets("storedKey", name), octets("serverKey", name));
    }

    private byte[] octets(String purpose, String name) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal((purpose + ":" + name).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
