package org.signetmail.directory.ldap;

import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.LdapConfig;

/** How the LDAP servers are reached: TLS with the certificate's name checked, and no wait without end. */
@Singleton
class LdapServers {
    /** The TLS configuration of Quarkus whose certificates are trusted: quarkus.tls.ldap. Without it, Java's own. */
    private static final String TLS = "ldap";

    private final LdapConfig config;
    private final TlsConfigurationRegistry tls;

    LdapServers(DirectoryConfig config, TlsConfigurationRegistry tls) {
        this.config = config.ldap();
        this.tls = tls;
    }

    boolean configured() {
        return config.urls().isPresent();
    }

    /** Servers whose connections are those of the reader. */
    ServerSet forReading() throws LDAPException {
        Optional<SimpleBindRequest> bind = config.bindDn()
                .map(dn -> new SimpleBindRequest(dn, config.bindPassword().orElse("")));
        return servers(bind, config.responseTimeout());
    }

    /** Servers whose connections are nobody's yet. */
    ServerSet forPasswords() throws LDAPException {
        return servers(Optional.empty(), config.passwordTimeout());
    }

    private ServerSet servers(Optional<SimpleBindRequest> bind, Duration timeout) throws LDAPException {
        var options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis((int) config.connectTimeout().toMillis());
        options.setResponseTimeoutMillis(timeout.toMillis());
        options.setAbandonOnTimeout(true);
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        SSLContext context = context();
        var servers = new ArrayList<ServerSet>();
        for (String url : config.urls().orElse(List.of())) {
            var parsed = new LDAPURL(url);
            boolean secure = parsed.getScheme().equals("ldaps");
            SocketFactory sockets = secure ? context.getSocketFactory() : SocketFactory.getDefault();
            PostConnectProcessor startTls =
                    secure || config.allowPlaintext() ? null : new StartTLSPostConnectProcessor(context);
            servers.add(new SingleServerSet(
                    parsed.getHost(), parsed.getPort(), sockets, options, bind.orElse(null), startTls));
        }
        return new FailoverServerSet(servers);
    }

    private SSLContext context() {
        Optional<TlsConfiguration> configured = tls.get(TLS);
        try {
            return configured.isPresent() ? configured.get().createSSLContext() : SSLContext.getDefault();
        } catch (Exception e) {
            throw new IllegalStateException("The TLS configuration " + TLS + " cannot be used", e);
        }
    }
}
