package org.signetmail.edge.mx;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.xbill.DNS.TLSARecord;

/** Vouches for a certificate by the TLSA records of its host (RFC 6698, RFC 7672 3), without any authority. */
public final class DaneTrust extends X509ExtendedTrustManager {
    private static final int TRUST_ANCHOR = 2;
    private static final int END_ENTITY = 3;

    /** @param data certificate or key, or its digest, in hexadecimal digits */
    private record Pin(int usage, int selector, int matching, String data) {}

    private final Set<Pin> pins;

    private DaneTrust(Set<Pin> pins) {
        this.pins = pins;
    }

    /** RFC 7672 3.1.3: usages 0 and 1, of authorities, are not for SMTP; where nothing usable is left, any certificate will do. */
    static DaneTrust of(List<TLSARecord> records) {
        var pins = new HashSet<Pin>();
        for (TLSARecord record : records) {
            boolean usable =
                    (record.getCertificateUsage() == TRUST_ANCHOR || record.getCertificateUsage() == END_ENTITY)
                            && record.getSelector() <= 1
                            && record.getMatchingType() <= 2;
            if (usable) {
                pins.add(new Pin(
                        record.getCertificateUsage(),
                        record.getSelector(),
                        record.getMatchingType(),
                        HexFormat.of().formatHex(record.getCertificateAssociationData())));
            }
        }
        return new DaneTrust(Set.copyOf(pins));
    }

    /** Whether it proves who the host is: without a usable record it only wants TLS. */
    public boolean authenticates() {
        return !pins.isEmpty();
    }

    private boolean matches(X509Certificate certificate, int usage) throws CertificateException {
        for (Pin pin : pins) {
            if (pin.usage() == usage && pin.data().equals(data(certificate, pin))) {
                return true;
            }
        }
        return false;
    }

    private static String data(X509Certificate certificate, Pin pin) throws CertificateException {
        byte[] octets = pin.selector() == 0
                ? certificate.getEncoded()
                : certificate.getPublicKey().getEncoded();
        try {
            return HexFormat.of()
                    .formatHex(
                            switch (pin.matching()) {
                                case 0 -> octets;
                                case 1 -> MessageDigest.getInstance("SHA-256").digest(octets);
                                default -> MessageDigest.getInstance("SHA-512").digest(octets);
                            });
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        // RFC 7672 3.1.1: with usage 3 neither names nor dates count.
        if (pins.isEmpty() || matches(chain[0], END_ENTITY)) {
            return;
        }
        for (X509Certificate anchor : Arrays.copyOfRange(chain, 1, chain.length)) {
            if (matches(anchor, TRUST_ANCHOR)) {
                trusting(anchor).checkServerTrusted(chain, authType, socket); // its name too: the socket says so
                return;
            }
        }
        throw new CertificateException("No TLSA record of the host vouches for its certificate (DANE)");
    }

    private static X509ExtendedTrustManager trusting(X509Certificate anchor) throws CertificateException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("anchor", anchor);
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException(e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Only for a connection");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Not for clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DaneTrust trust && pins.equals(trust.pins);
    }

    @Override
    public int hashCode() {
        return Objects.hash(pins);
    }
}
