package org.signetmail.e2e;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.signetmail.edge.mx.TestAuthority;

/**
 * Certificates that the services show each other. They stand where a link points, as the files of a Secret do, and are
 * renewed by pointing it elsewhere.
 */
final class InternalTls {
    /** Of a service's port without TLS to the one with it. */
    private static final int STEP = 10;

    private static final char[] NONE = {};
    private static final String ADDRESS = "ip:127.0.0.1,dns:localhost";

    private static final InternalTls SHARED = make();

    private final Path directory;

    private InternalTls() throws Exception {
        directory = Files.createTempDirectory("signet-internal-tls").toRealPath();
        for (String name : new String[] {"first", "second"}) {
            var authority = new TestAuthority(Files.createDirectories(directory.resolve("authority-" + name)));
            authority.issueInto(directory.resolve(name), name, ADDRESS);
        }
        both("first");
        both("second");
        point("first");
    }

    private static InternalTls make() {
        try {
            return new InternalTls();
        } catch (Exception e) { // keytool and its waiting declare no less
            throw new IllegalStateException("The certificates of the services cannot be made", e);
        }
    }

    static InternalTls shared() {
        return SHARED;
    }

    /** What a service needs to offer TLS beside plain HTTP and to call others over it. */
    Map<String, String> environment(int httpPort, int directoryPort, int policyPort) {
        var variables = new HashMap<String, String>();
        variables.put("QUARKUS_HTTP_TLS_CONFIGURATION_NAME", "internal");
        variables.put("QUARKUS_HTTP_SSL_PORT", Integer.toString(httpPort + STEP));
        variables.put("QUARKUS_TLS_INTERNAL_KEY_STORE_PEM_SERVICE_CERT", file("tls.crt"));
        variables.put("QUARKUS_TLS_INTERNAL_KEY_STORE_PEM_SERVICE_KEY", file("tls.key"));
        variables.put("QUARKUS_TLS_INTERNAL_TRUST_STORE_PEM_CERTS", file("ca.crt"));
        variables.put("QUARKUS_TLS_INTERNAL_RELOAD_PERIOD", "1S");
        variables.put("SIGNET_DIRECTORY_URL", url(directoryPort));
        variables.put("SIGNET_POLICY_URL", url(policyPort));
        return variables;
    }

    static String url(int httpPort) {
        return "https://127.0.0.1:" + (httpPort + STEP);
    }

    private String file(String name) {
        return directory.resolve("current").resolve(name).toString();
    }

    /** A step of a renewal: the certificate of one authority while both are trusted. */
    private void both(String name) throws IOException {
        Path secret = Files.createDirectories(directory.resolve(name + "-trusting-both"));
        for (String file : new String[] {"tls.crt", "tls.key"}) {
            Files.copy(directory.resolve(name).resolve(file), secret.resolve(file));
        }
        String authorities = Files.readString(directory.resolve("first/ca.crt"))
                + Files.readString(directory.resolve("second/ca.crt"));
        Files.writeString(secret.resolve("ca.crt"), authorities);
    }

    /** Renews: {@code first}, {@code first-trusting-both}, {@code second-trusting-both}, {@code second}. */
    void point(String secret) throws IOException {
        Path link = directory.resolve("next");
        Files.createSymbolicLink(link, directory.resolve(secret));
        Files.move(link, directory.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A client that trusts one authority, and shows a certificate of one, if of any. */
    SSLContext client(String trusted, Optional<String> shown) throws Exception {
        KeyStore authorities = empty();
        authorities.setCertificateEntry("ca", certificate(trusted, "ca.crt"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        KeyStore own = empty();
        if (shown.isPresent()) {
            own.setKeyEntry("key", key(shown.get()), NONE, new Certificate[] {certificate(shown.get(), "tls.crt")});
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NONE);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NONE);
        return store;
    }

    private PrivateKey key(String secret) throws Exception {
        String pem = Files.readString(directory.resolve(secret).resolve("tls.key"));
        byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private Certificate certificate(String secret, String file) throws Exception {
        var in = new ByteArrayInputStream(
                Files.readAllBytes(directory.resolve(secret).resolve(file)));
        return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
}
