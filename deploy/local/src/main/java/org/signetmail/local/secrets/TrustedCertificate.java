package org.signetmail.local.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** TLS for clients that trust the local stack's certificate, and no other. */
public final class TrustedCertificate {
    private TrustedCertificate() {}

    /** @throws IllegalStateException when the PEM file holds no certificate */
    public static SSLContext context(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "signet", CertificateFactory.getInstance("X.509").generateCertificate(in));
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("No usable certificate in " + pem, e);
        }
    }

    public static SSLSocketFactory socketFactory(Path pem) {
        return context(pem).getSocketFactory();
    }
}
