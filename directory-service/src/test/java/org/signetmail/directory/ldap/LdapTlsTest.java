package org.signetmail.directory.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.ssl.KeyStoreKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.directory.parts.Defaults;
import org.signetmail.directory.parts.LdapServer;
import org.signetmail.local.secrets.Secrets;
import org.signetmail.local.secrets.TrustedCertificate;

class LdapTlsTest {
    @TempDir
    Path directory;

    @Test
    void onlyAServerWithATrustedCertificateIsAsked() throws Exception {
        Secrets secrets = Secrets.in(directory.resolve("secrets"));
        var keys = new KeyStoreKeyManager(
                secrets.keyStore().toString(), secrets.keyStorePassword().toCharArray(), "PKCS12", null);
        var tls = new SSLUtil(keys, new TrustAllTrustManager());
        SSLContext trusting = TrustedCertificate.context(secrets.certificate());
        try (LdapServer server =
                LdapServer.startTls(tls.createSSLServerSocketFactory(), tls.createSSLSocketFactory())) {
            assertEquals(1, connections("ldaps://localhost:" + server.port(), Optional.of(trusting)));
            assertRefused("ldaps://localhost:" + server.port(), Optional.empty());
        }
        // StartTLS is not optional: this server has none.
        try (LdapServer server = LdapServer.start()) {
            assertRefused("ldap://127.0.0.1:" + server.port(), Optional.of(trusting));
        }
    }

    private static void assertRefused(String url, Optional<SSLContext> trusting) {
        assertThrows(LDAPException.class, () -> connections(url, trusting));
    }

    private static int connections(String url, Optional<SSLContext> trusting) throws LDAPException {
        var servers = new LdapServers(Defaults.config(Map.of("signet.ldap.urls", url)), registry(trusting));
        try (var connection = servers.forPasswords().getConnection()) {
            return connection.isConnected() ? 1 : 0;
        }
    }

    private static TlsConfigurationRegistry registry(Optional<SSLContext> trusting) {
        return fake(TlsConfigurationRegistry.class, trusting.map(context -> fake(TlsConfiguration.class, context)));
    }

    /** Whatever is asked of it, the answer is this. */
    private static <T> T fake(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                LdapTlsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer));
    }
}
