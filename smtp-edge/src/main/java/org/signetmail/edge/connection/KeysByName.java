package org.signetmail.edge.connection;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * Chooses among several certificates by the name that the client asks for (SNI, RFC 6066 section 3). Whoever asks for
 * none, or for one that nobody has, gets that of the server's own name, or else any.
 */
final class KeysByName extends X509ExtendedKeyManager {
    private static final List<String> KEY_TYPES = List.of("EC", "RSA", "RSASSA-PSS", "EdDSA");
    private static final int DNS_NAME = 2;

    private record Key(String alias, String type, List<String> names) {
        private boolean isFor(String host) {
            int dot = host.indexOf('.');
            String wildcard = dot < 0 ? host : "*" + host.substring(dot); // RFC 9525 section 6.3: one whole label
            return names.contains(host) || names.contains(wildcard);
        }
    }

    private final X509KeyManager store;
    private final String serverName;
    private final List<Key> keys;

    KeysByName(X509KeyManager store, String serverName) {
        this.store = store;
        this.serverName = serverName.toLowerCase(Locale.ROOT);
        this.keys = KEY_TYPES.stream().flatMap(type -> keys(store, type)).toList();
    }

    private static Stream<Key> keys(X509KeyManager store, String type) {
        String[] aliases = store.getServerAliases(type, null);
        return aliases == null
                ? Stream.empty()
                : Stream.of(aliases).map(alias -> new Key(alias, type, names(store.getCertificateChain(alias)[0])));
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(DNS_NAME).equals(name.getFirst()))
                            .map(name -> name.getLast().toString().toLowerCase(Locale.ROOT))
                            .toList();
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        List<Key> candidates = Stream.of(requested(socket), Optional.of(serverName))
                .flatMap(Optional::stream)
                .map(host -> keys.stream().filter(key -> key.isFor(host)).toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(keys);
        return candidates.stream()
                .filter(key -> key.type().equals(keyType))
                .map(Key::alias)
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> requested(Socket socket) {
        if (!(socket instanceof SSLSocket secured)
                || !(secured.getHandshakeSession() instanceof ExtendedSSLSession session)) {
            return Optional.empty();
        }
        return session.getRequestedServerNames().stream()
                .filter(name -> name.getType() == StandardConstants.SNI_HOST_NAME)
                .map(KeysByName::host)
                .findFirst();
    }

    private static String host(SNIServerName name) {
        String host = name instanceof SNIHostName sni
                ? sni.getAsciiName()
                : new SNIHostName(name.getEncoded()).getAsciiName();
        return host.toLowerCase(Locale.ROOT);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return store.getServerAliases(keyType, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return store.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return store.getPrivateKey(alias);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0]; // these are a server's keys
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }
}
