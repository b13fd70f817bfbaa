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
import java.util.ArrayList;
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
        String store = host + ".p12";
        keytool(store, "-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=" + host);
        keytool(store, "-certreq", "-alias", "key", "-file", path(host + ".csr"));
        keytool(
                "ca.p12",
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                path(host + ".csr"),
                "-outfile",
                path(host + ".crt"),
                "-ext",
                "san=dns:" + host);
        keytool(store, "-importcert", "-noprompt", "-alias", "ca", "-file", path("ca.crt"));
        keytool(store, "-importcert", "-noprompt", "-alias", "key", "-file", path(host + ".crt"));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(store), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
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
