package org.signetmail.directory.credential;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import org.signetmail.directory.DirectoryConfig;

/** Makes verifiers of passwords, and checks passwords against them. */
@Singleton
public class Scram {
    private static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_256;
    private static final int SALT_OCTETS = 16;
    private static final int LONGEST_PASSWORD = 1024;

    private final SecureRandom random = new SecureRandom();
    private final int iterations;
    private final Verifier nobody;
    private final ProvenPasswords proven;

    public Scram(DirectoryConfig config) {
        this.iterations = config.scram().iterations();
        this.nobody = derive("nobody".toCharArray(), ScramFunctions.salt(SALT_OCTETS, random), iterations);
        this.proven = new ProvenPasswords(config.scram().provenFor(), random);
    }

    /** Empty when SASLprep (RFC 4013) prohibits the password, or when it is empty or beyond 1024 characters. */
    public Optional<Verifier> verifier(Password password) {
        return prepared(password).map(text -> derive(text, ScramFunctions.salt(SALT_OCTETS, random), iterations));
    }

    /** The same for a password that somebody chose; it must not look like one that was generated. */
    public Optional<Verifier> ownVerifier(Password password) {
        return GeneratedPassword.read(password.text()).isPresent() ? Optional.empty() : verifier(password);
    }

    /**
     * Whether this password belongs to this verifier. Takes the same time without a verifier, and with a password that is
     * wrong or cannot be one, so that the time tells nothing about who has an account. Only the right password is
     * answered sooner when it comes again.
     */
    public boolean matches(Optional<Verifier> stored, Password password) {
        Verifier against = stored.orElse(nobody);
        Optional<char[]> prepared = prepared(password);
        char[] text = prepared.orElse(new char[] {'-'});
        if (proven.contains(against, text)) {
            return true;
        }
        Verifier given = derive(text, against.salt(), against.iterations());
        boolean equal = MessageDigest.isEqual(given.storedKey(), against.storedKey());
        boolean matches = equal && stored.isPresent() && prepared.isPresent();
        if (matches) {
            proven.add(against, text);
        }
        return matches;
    }

    private static Optional<char[]> prepared(Password password) {
        if (password.text().isEmpty() || password.text().length() > LONGEST_PASSWORD) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    StringPreparation.SASL_PREPARATION.normalize(password.text().toCharArray()));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException prohibited) {
            // The latter where nothing is left of the password, as of a lone soft hyphen (saslprep 2.2).
            return Optional.empty();
        }
    }

    static Verifier derive(char[] password, byte[] salt, int iterations) {
        byte[] salted =
                ScramFunctions.saltedPassword(MECHANISM, StringPreparation.NO_PREPARATION, password, salt, iterations);
        byte[] storedKey = ScramFunctions.storedKey(MECHANISM, ScramFunctions.clientKey(MECHANISM, salted));
        return new Verifier(salt, iterations, storedKey, ScramFunctions.serverKey(MECHANISM, salted));
    }
}
