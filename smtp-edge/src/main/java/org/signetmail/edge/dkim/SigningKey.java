package org.signetmail.edge.dkim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key of a domain. Its file has the name under which the public key stands in the DNS:
 * SELECTOR._domainkey.DOMAIN (RFC 6376 3.6.2.1), in lower case.
 */
record SigningKey(String domain, String selector, Algorithm algorithm, PrivateKey key) {
    private static final String LABELS = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*";
    private static final Pattern NAME = Pattern.compile("(" + LABELS + ")\\._domainkey\\.(" + LABELS + ")");
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----\\s+([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");
    /** RFC 8301 3.2 wants 1024 at least, and recommends this. */
    private static final int RSA_BITS = 2048;

    /** What signs, and what a= calls it. */
    enum Algorithm {
        RSA("rsa-sha256"),
        ED25519("ed25519-sha256");

        private final String tag;

        Algorithm(String tag) {
            this.tag = tag;
        }

        String tag() {
            return tag;
        }
    }

    static boolean isNamedSo(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches();
    }

    /** @throws GeneralSecurityException when it is no PEM of an RSA or Ed25519 key in PKCS #8, without a password */
    static SigningKey read(Path file) throws IOException, GeneralSecurityException {
        Matcher name = NAME.matcher(file.getFileName().toString());
        Matcher pem = PEM.matcher(Files.readString(file, US_ASCII));
        if (!name.matches() || !pem.matches()) {
            throw new InvalidKeySpecException("no SELECTOR._domainkey.DOMAIN with a PRIVATE KEY in PEM");
        }
        byte[] octets = Base64.getMimeDecoder().decode(pem.group(1));
        for (Algorithm algorithm : Algorithm.values()) {
            try {
                PrivateKey key =
                        KeyFactory.getInstance(algorithm.name()).generatePrivate(new PKCS8EncodedKeySpec(octets));
                return new SigningKey(name.group(2), name.group(1), algorithm, strong(key));
            } catch (InvalidKeySpecException e) {
                if (algorithm == Algorithm.ED25519) {
                    throw e;
                }
            }
        }
        throw new AssertionError("The last algorithm returns or throws");
    }

    private static PrivateKey strong(PrivateKey key) throws GeneralSecurityException {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < RSA_BITS) {
            throw new GeneralSecurityException("an RSA key of less than " + RSA_BITS + " bits");
        }
        return key;
    }

    Signature signature() throws GeneralSecurityException {
        Signature signature = switch (algorithm) {
            case RSA -> Signature.getInstance("SHA256withRSA");
            case ED25519 -> new Ed25519Sha256();
        };
        signature.initSign(key);
        return signature;
    }

    /** Where the public key stands; the key itself is shown nowhere. */
    @Override
    public String toString() {
        return selector + "._domainkey." + domain + " (" + algorithm.tag + ")";
    }
}
