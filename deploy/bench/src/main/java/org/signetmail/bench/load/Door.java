package org.signetmail.bench.load;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.signetmail.local.secrets.TrustedCertificate;

/**
 * Where a server takes messages, on loopback.
 *
 * @param port without TLS, or with STARTTLS
 * @param tlsPort TLS from the first octet
 * @param certificate file of the certificate that clients are to trust
 */
public record Door(int port, int tlsPort, String certificate) {
    /** A server that has no TLS. */
    public static Door plain(int port) {
        return new Door(port, 0, "");
    }

    public SSLContext trust() {
        if (certificate.isEmpty()) {
            throw new IllegalStateException("This server has no TLS");
        }
        return TrustedCertificate.context(Path.of(certificate));
    }
}
