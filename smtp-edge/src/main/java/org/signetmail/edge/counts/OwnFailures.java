package org.signetmail.edge.counts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.signetmail.edge.auth.Credentials;

/**
 * Which client got which account wrong at this edge of late, so that the mistakes of somebody who then gets it right do not
 * count, and a device that repeats an old password for ever counts once. Of a password it keeps a keyed digest, in memory only.
 */
final class OwnFailures {
    private static final int MAX_PAIRS = 50_000;
    private static final int MAX_PASSWORDS = 64;
    private static final String ALGORITHM = "HmacSHA256";

    private record Pair(String client, String account) {}

    private static final class Mistakes {
        private final Set<String> passwords = new HashSet<>(2);
        private int count;
    }

    private final SecretKeySpec key;
    private final Map<Pair, Mistakes> pairs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, Mistakes> eldest) {
            return size() > MAX_PAIRS;
        }
    };

    OwnFailures() {
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Notes a failure; false when it repeats one with the same password. */
    boolean isNew(String client, String account, Credentials credentials) {
        String digest = digest(credentials);
        synchronized (pairs) {
            Mistakes mistakes = pairs.computeIfAbsent(new Pair(client, account), _ -> new Mistakes());
            if (!digest.isEmpty()
                    && (mistakes.passwords.contains(digest)
                            || mistakes.passwords.size() < MAX_PASSWORDS && !mistakes.passwords.add(digest))) {
                return false;
            }
            mistakes.count++;
            return true;
        }
    }

    /** Gives how many there were. */
    int forget(String client, String account) {
        synchronized (pairs) {
            Mistakes mistakes = pairs.remove(new Pair(client, account));
            return mistakes == null ? 0 : mistakes.count;
        }
    }

    /** Empty where there is no password to compare. */
    private String digest(Credentials credentials) {
        String secret = secret(credentials);
        if (secret.isEmpty()) {
            return "";
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    /** The proof of SCRAM differs each time, whatever the password. */
    private static String secret(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Password(String _, String password) -> password;
            case Credentials.Token(String _, String token) -> token;
            case Credentials.Scram _, Credentials.Certificate _ -> "";
        };
    }
}
