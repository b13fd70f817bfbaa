package org.signetmail.edge.dkim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;

/** Keys in a directory, and the records of the DNS that go with them. */
public final class KeyFiles {
    private static final int RAW_ED25519 = 32;

    private KeyFiles() {}

    /**
     * Puts a key into the directory.
     *
     * @param name SELECTOR._domainkey.DOMAIN
     * @return the record at that name (RFC 6376 3.6.1, RFC 8463 4)
     */
    public static String put(Path directory, String name, String algorithm)
            throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("RSA")) {
            generator.initialize(2048);
        }
        KeyPair pair = generator.generateKeyPair();
        write(directory.resolve(name), pair.getPrivate().getEncoded());
        byte[] key = pair.getPublic().getEncoded();
        boolean rsa = algorithm.equals("RSA");
        byte[] published = rsa ? key : Arrays.copyOfRange(key, key.length - RAW_ED25519, key.length);
        return "v=DKIM1; k=" + (rsa ? "rsa" : "ed25519") + "; p="
                + Base64.getEncoder().encodeToString(published);
    }

    static void write(Path file, byte[] pkcs8) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8)
                        + "\n-----END PRIVATE KEY-----\n");
    }
}
