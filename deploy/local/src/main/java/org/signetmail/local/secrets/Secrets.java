package org.signetmail.local.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.signetmail.local.process.Trees;

/**
 * What the local stack generates at its first start and keeps in {@code .signet/secrets}: the public key that the
 * services verify tokens with, one token per role, and the certificate of the SMTP listeners. The private key of the
 * tokens is thrown away: nobody can make more of them.
 */
public record Secrets(Path directory) {
    private static final int KEY_BITS = 2048;

    /** Reads the secrets in directory, or generates them all. */
    public static Secrets in(Path directory) {
        if (Files.notExists(directory)) {
            // All or nothing: a start that was interrupted leaves no half of them.
            Path unfinished = directory.resolveSibling(directory.getFileName() + ".new");
            try {
                Trees.delete(unfinished);
                Trees.createPrivateDirectory(unfinished);
                generate(unfinished);
                Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the secrets of the local stack", e);
            }
        }
        return new Secrets(directory);
    }

    /** Base64 of the X.509 form, as quarkus.oidc.public-key takes it. */
    public String publicKey() {
        return read("public-key");
    }

    /** A bearer token (JWT, valid for ten years). */
    public String token(Role role) {
        return read(role.label() + ".token");
    }

    /** PKCS #12 store with the key and the certificate of the SMTP listeners. */
    public Path keyStore() {
        return directory.resolve("tls.p12");
    }

    public String keyStorePassword() {
        return read("tls.password");
    }

    /** The self-signed certificate, which clients are told to trust. */
    public Path certificate() {
        return directory.resolve("tls.pem");
    }

    /** Writes a file that only its owner may read. */
    static void writePrivate(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    private static void generate(Path directory) throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            KeyPair keys = generator.generateKeyPair();
            writePrivate(
                    directory.resolve("public-key"),
                    Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
            for (Role role : Role.values()) {
                writePrivate(directory.resolve(role.label() + ".token"), Tokens.mint(role, keys.getPrivate()));
            }
            Certificate.generate(directory);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make the local stack's keys", e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name)).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
