package org.signetmail.edge.connection;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.signetmail.edge.auth.SecureChannel;
import org.signetmail.edge.certificate.CertificateName;

/**
 * How the listeners speak TLS: 1.2 and 1.3 (RFC 8996), only with ephemeral keys and authenticated encryption (RFC 9325
 * section 4.2).
 *
 * @param suites in the order of preference
 * @param clientCertificates whether clients are asked for one; they need not have it
 * @param certificateName what of it names the account
 */
record ServerTls(
        SSLContext context,
        List<String> protocols,
        List<String> suites,
        boolean clientCertificates,
        CertificateName certificateName) {
    static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** With what is modern and no client certificates. */
    static ServerTls of(SSLContext context) {
        return new ServerTls(context, PROTOCOLS, modernSuites(context), false, CertificateName.EMAIL);
    }

    static List<String> modernSuites(SSLContext context) {
        return Arrays.stream(context.getSupportedSSLParameters().getCipherSuites())
                .filter(ServerTls::isModern)
                .toList();
    }

    private static boolean isModern(String suite) {
        boolean ephemeral =
                suite.startsWith("TLS_AES_") || suite.startsWith("TLS_CHACHA20_") || suite.startsWith("TLS_ECDHE_");
        return ephemeral && (suite.contains("_GCM_") || suite.contains("_CHACHA20_"));
    }

    /** Negotiates as the server. */
    SSLSocket secure(AcceptedSocket tcp) throws IOException {
        var secured = (SSLSocket) context.getSocketFactory()
                .createSocket(tcp, tcp.getInetAddress().getHostAddress(), tcp.getPort(), true);
        secured.setUseClientMode(false);
        secured.setEnabledProtocols(protocols.toArray(String[]::new));
        secured.setEnabledCipherSuites(suites.toArray(String[]::new));
        secured.setWantClientAuth(clientCertificates);
        secured.startHandshake();
        return secured;
    }

    /** What sign-in may need to know of a connection. */
    SecureChannel channel(SSLSession session) {
        return new SecureChannel(session.getProtocol(), new TlsChannel(session), clientName(session));
    }

    private Optional<String> clientName(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? certificateName.in(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException _) { // it has shown none
            return Optional.empty();
        }
    }

    /** @throws IllegalStateException when there is another one than those that are spoken at all, or none */
    static List<String> checked(List<String> protocols) {
        if (protocols.isEmpty() || !PROTOCOLS.containsAll(protocols)) {
            throw new IllegalStateException("signet.smtp.tls-protocols has " + protocols + "; there are " + PROTOCOLS);
        }
        return protocols;
    }
}
