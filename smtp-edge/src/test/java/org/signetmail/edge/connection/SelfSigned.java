package org.signetmail.edge.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * A certificate for 127.0.0.1, made by the JDK's keytool; the context serves with it and trusts it.
 *
 * @param store PKCS 12, with {@link #PASSWORD}
 */
public record SelfSigned(Path store, SSLContext context) {
    public static final String PASSWORD = "password";

    private static final AtomicReference<SelfSigned> SHARED = new AtomicReference<>();

    /** One for all tests of this JVM that do not care which. */
    public static SelfSigned shared() throws Exception {
        if (SHARED.get() == null) {
            SHARED.set(create());
        }
        return SHARED.get();
    }

    public static SelfSigned create() throws Exception {
        return create("mail.example.test", "EC", "ip:127.0.0.1");
    }

    /**
     * Another one.
     *
     * @param name common name of its subject
     * @param algorithm of its key
     * @param alternatives subjectAltName as keytool has it
     */
    public static SelfSigned create(String name, String algorithm, String alternatives) throws Exception {
        Path store = Files.createTempDirectory(Path.of("target"), "tls").resolve("test.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "smtp",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + alternatives,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        return new SelfSigned(store.toAbsolutePath(), context(store));
    }

    X509Certificate certificate() throws GeneralSecurityException {
        try {
            return (X509Certificate) keyStore(store).getCertificate("smtp");
        } catch (IOException e) {
            throw new IllegalStateException("The certificate cannot be read", e);
        }
    }

    /** Several certificates and keys in one store. */
    static X509KeyManager keys(SelfSigned... several) throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance("PKCS12");
        all.load(null, null);
        for (int i = 0; i < several.length; i++) {
            KeyStore one = keyStore(several[i].store());
            all.setKeyEntry(
                    "key" + i,
                    one.getKey("smtp", PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    one.getCertificateChain("smtp"));
        }
        return (X509KeyManager) keyManagers(all)[0];
    }

    /** Certificate and key. */
    X509KeyManager keys() {
        try {
            return (X509KeyManager) keyManagers(keyStore(store))[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The certificate cannot be read", e);
        }
    }

    private static KeyStore keyStore(Path store) throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(store)) {
            keys.load(input, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static KeyManager[] keyManagers(KeyStore keys) throws GeneralSecurityException {
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD.toCharArray());
        return keyManagers.getKeyManagers();
    }

    private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = keyStore(store);
        var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(keys);
        var context = SSLContext.getInstance("TLS");
        context.init(keyManagers(keys), trustManagers.getTrustManagers(), null);
        return context;
    }
}
