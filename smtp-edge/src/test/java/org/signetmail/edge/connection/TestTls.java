package org.signetmail.edge.connection;

import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/** A TLS configuration as Quarkus would have read it from files, and a registry that has it as "smtp". */
final class TestTls extends BaseTlsConfiguration implements TlsConfigurationRegistry {
    private final X509KeyManager keys;
    private final Optional<SelfSigned> trusted;

    /** Without client certificates. */
    TestTls(X509KeyManager keys) {
        this.keys = keys;
        this.trusted = Optional.empty();
    }

    /** @param trusted the client certificate that is believed */
    TestTls(SelfSigned server, SelfSigned trusted) {
        this.keys = server.keys();
        this.trusted = Optional.of(trusted);
    }

    @Override
    public KeyCertOptions getKeyStoreOptions() {
        return KeyCertOptions.wrap(keys);
    }

    @Override
    public TrustOptions getTrustStoreOptions() {
        return trusted.map(client -> {
                    try {
                        var store = KeyStore.getInstance("PKCS12");
                        store.load(null, null);
                        store.setCertificateEntry("client", client.certificate());
                        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                        managers.init(store);
                        return TrustOptions.wrap(managers.getTrustManagers()[0]);
                    } catch (GeneralSecurityException | java.io.IOException e) {
                        throw new IllegalStateException("The client's certificate cannot be trusted", e);
                    }
                })
                .orElse(null);
    }

    @Override
    public SSLOptions getSSLOptions() {
        return new SSLOptions();
    }

    @Override
    public Optional<TlsConfiguration> get(String name) {
        return name.equals("smtp") ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Optional<TlsConfiguration> getDefault() {
        return Optional.empty();
    }

    @Override
    public void register(String name, TlsConfiguration configuration) {
        throw new UnsupportedOperationException("Nothing is registered here");
    }

    /** For a client that looks at certificates by itself. */
    static SSLContext believingAll(X509KeyManager... own) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(own, new TrustManager[] {new Believer()}, null);
        return context;
    }

    private static final class Believer implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("For clients only");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Whatever it is, the test looks at it.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
