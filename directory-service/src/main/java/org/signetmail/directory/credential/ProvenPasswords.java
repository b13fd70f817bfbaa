package org.signetmail.directory.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which passwords matched which verifiers a while ago: the next sign-in of a mail program costs one hash instead of
 * thousands. Kept is an HMAC of both under a key that only this process has, so another password of the account is
 * another entry, and a wrong password is never found here.
 */
final class ProvenPasswords {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_OCTETS = 32;
    private static final int MOST = 100_000;

    private final SecretKeySpec key;
    private final Cache<ByteBuffer, Boolean> proofs;

    /** @param time that a match counts; none are kept when it is zero */
    ProvenPasswords(Duration time, SecureRandom random) {
        byte[] octets = new byte[KEY_OCTETS];
        random.nextBytes(octets);
        key = new SecretKeySpec(octets, ALGORITHM);
        proofs = Caffeine.newBuilder().expireAfterWrite(time).maximumSize(MOST).build();
    }

    boolean contains(Verifier verifier, char[] password) {
        return proofs.getIfPresent(proof(verifier, password)) != null;
    }

    void add(Verifier verifier, char[] password) {
        proofs.put(proof(verifier, password), true);
    }

    /** StoredKey has one length, so what follows it cannot be mistaken for a part of it. */
    private ByteBuffer proof(Verifier verifier, char[] password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(verifier.storedKey());
            return ByteBuffer.wrap(mac.doFinal(new String(password).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
