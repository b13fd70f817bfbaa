package org.signetmail.edge.connection;

import com.ongres.scram.common.util.TlsServerEndpoint;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLSession;
import org.signetmail.edge.auth.SecureChannel.ChannelBinding;

/** The channel bindings of a TLS connection. tls-unique (RFC 5929 section 3) is not one: TLS 1.3 does not have it. */
record TlsChannel(SSLSession session) implements ChannelBinding {
    private static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding"; // RFC 9266 section 4.2
    private static final int EXPORTER_OCTETS = 32;

    @Override
    public Optional<byte[]> data(String type) {
        return switch (type) {
            case "tls-exporter" -> exporter();
            case "tls-server-end-point" -> serverEndPoint();
            default -> Optional.empty();
        };
    }

    /** RFC 9266; with TLS 1.2 only under an extended master secret (section 3), which the JDK sees to. */
    private Optional<byte[]> exporter() {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return Optional.empty();
        }
        try {
            return Optional.of(extended.exportKeyingMaterialData(EXPORTER_LABEL, new byte[0], EXPORTER_OCTETS));
        } catch (SSLKeyException | UnsupportedOperationException _) {
            return Optional.empty();
        }
    }

    /** RFC 5929 section 4: a hash of the server's certificate. */
    private Optional<byte[]> serverEndPoint() {
        Certificate[] chain = session.getLocalCertificates();
        if (chain == null || !(chain[0] instanceof X509Certificate certificate)) {
            return Optional.empty();
        }
        try {
            byte[] hash = TlsServerEndpoint.getChannelBindingData(certificate);
            return hash.length == 0 ? Optional.empty() : Optional.of(hash);
        } catch (CertificateEncodingException _) {
            return Optional.empty();
        }
    }
}
