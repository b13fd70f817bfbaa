package org.signetmail.local.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.UUID;

/** A self-signed certificate for the SMTP listeners, made by the JDK's keytool: no API of the JDK makes one. */
final class Certificate {
    private static final String ALIAS = "smtp";
    private static final String PASSWORD_VARIABLE = "SIGNET_KEY_STORE_PASSWORD";

    private Certificate() {}

    /** Writes tls.password, tls.p12 and tls.pem into directory. */
    static void generate(Path directory) throws IOException, GeneralSecurityException {
        String password = UUID.randomUUID().toString();
        Secrets.writePrivate(directory.resolve("tls.password"), password);
        Path keyStore = directory.resolve("tls.p12");
        keytool(keyStore, password);
        Files.setPosixFilePermissions(keyStore, PosixFilePermissions.fromString("rw-------"));
        Secrets.writePrivate(directory.resolve("tls.pem"), pem(keyStore, password));
    }

    private static void keytool(Path keyStore, String password) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "3652",
                        "-dname",
                        "CN=mail.example.test",
                        "-ext",
                        "SAN=dns:localhost,dns:mail.example.test,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass:env",
                        PASSWORD_VARIABLE)
                .redirectErrorStream(true);
        builder.environment().put(PASSWORD_VARIABLE, password);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool made no certificate: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while keytool made the certificate", e);
        }
    }

    private static String pem(Path keyStore, String password) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, password.toCharArray());
        }
        byte[] encoded = store.getCertificate(ALIAS).getEncoded();
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }
}
