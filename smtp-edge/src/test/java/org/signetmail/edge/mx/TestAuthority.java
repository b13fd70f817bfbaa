package org.signetmail.edge.mx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** An authority and the certificates that it gave, made by the JDK's keytool. */
public final class TestAuthority {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    public TestAuthority(Path directory) throws Exception {
        this.directory = directory;
        keytool(
                "ca.p12",
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=Test authority",
                "-ext",
                "bc:c");
        keytool("ca.p12", "-exportcert", "-alias", "ca", "-file", path("ca.crt"));
    }

    /** What serves as this host, with the authority's certificate behind its own. */
    public SSLContext serverOf(String host) throws Exception {
        issue(host, "dns:" + host);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(host + ".p12"), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** Writes tls.crt, tls.key and ca.crt into the directory, as cert-manager's Secrets have them. */
    public void issueInto(Path secret, String name, String subjectAltName) throws Exception {
        issue(name, subjectAltName);
        Files.createDirectories(secret);
        KeyStore keys = store(name + ".p12");
        Files.writeString(
                secret.resolve("tls.crt"),
                pem("CERTIFICATE", certificate(name + ".crt").getEncoded()));
        Files.writeString(
                secret.resolve("tls.key"),
                pem("PRIVATE KEY", keys.getKey("key", PASSWORD.toCharArray()).getEncoded()));
        Files.writeString(
                secret.resolve("ca.crt"),
                pem("CERTIFICATE", certificate("ca.p12", "ca").getEncoded()));
    }

    private void issue(String name, String subjectAltName) throws Exception {
        String store = name + ".p12";
        keytool(store, "-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=" + name);
        keytool(store, "-certreq", "-alias", "key", "-file", path(name + ".csr"));
        keytool(
                "ca.p12",
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                path(name + ".csr"),
                "-outfile",
                path(name + ".crt"),
                "-ext",
                "san=" + subjectAltName);
        keytool(store, "-importcert", "-noprompt", "-alias", "ca", "-file", path("ca.crt"));
        keytool(store, "-importcert", "-noprompt", "-alias", "key", "-file", path(name + ".crt"));
    }

    private Certificate certificate(String file) throws Exception {
        try (InputStream in = Files.newInputStream(directory.resolve(file))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static String pem(String kind, byte[] encoded) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    public TrustManager trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificate("ca.p12", "ca"));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers()[0];
    }

    /** TLSA data: usage, selector 1 and SHA-256 of the public key. */
    public String pinOf(String host) throws GeneralSecurityException, IOException {
        return "3 1 1 " + digest(certificate(host + ".p12", "key"));
    }

    public String pinOfAuthority() throws GeneralSecurityException, IOException {
        return "2 1 1 " + digest(certificate("ca.p12", "ca"));
    }

    private static String digest(Certificate certificate) throws GeneralSecurityException {
        byte[] key = certificate.getPublicKey().getEncoded();
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
    }

    private Certificate certificate(String store, String alias) throws GeneralSecurityException, IOException {
        return store(store).getCertificate(alias);
    }

    private KeyStore store(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(name))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private void keytool(String store, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-keystore",
                path(store),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.add(1, arguments[0]);
        command.addAll(List.of(arguments).subList(1, arguments.length));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool " + List.of(arguments) + ": " + output);
        }
    }
}
