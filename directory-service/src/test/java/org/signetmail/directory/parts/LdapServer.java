package org.signetmail.directory.parts;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** An LDAP server in memory, without a schema, for what a real one does only when it is ill. */
public final class LdapServer implements AutoCloseable {
    public static final String BASE = "dc=example,dc=test";
    public static final String ADMIN = "cn=admin," + BASE;
    public static final String PASSWORD = "admin-password";

    private final InMemoryDirectoryServer server;

    private LdapServer(InMemoryDirectoryServer server) {
        this.server = server;
    }

    public static LdapServer start(InMemoryOperationInterceptor... interceptors) throws LDAPException {
        return start(InMemoryListenerConfig.createLDAPConfig("plain", 0), interceptors);
    }

    /** With TLS from the first octet. */
    public static LdapServer startTls(SSLServerSocketFactory sockets, SSLSocketFactory ownClient) throws LDAPException {
        return start(InMemoryListenerConfig.createLDAPSConfig("tls", null, 0, sockets, ownClient));
    }

    private static LdapServer start(InMemoryListenerConfig listener, InMemoryOperationInterceptor... interceptors)
            throws LDAPException {
        var config = new InMemoryDirectoryServerConfig(new DN(BASE));
        config.setSchema(null);
        config.setListenerConfigs(listener);
        config.addAdditionalBindCredentials(ADMIN, PASSWORD);
        for (InMemoryOperationInterceptor interceptor : interceptors) {
            config.addInMemoryOperationInterceptor(interceptor);
        }
        var server = new InMemoryDirectoryServer(config);
        server.add(new Entry(BASE, new Attribute("objectClass", "domain"), new Attribute("dc", "example")));
        server.startListening();
        return new LdapServer(server);
    }

    public int port() {
        return server.getListenPort();
    }

    public void person(String uid, Attribute... more) throws LDAPException {
        var entry = new Entry(
                dn(uid),
                new Attribute("objectClass", "person"),
                new Attribute("uid", uid),
                new Attribute("mail", uid + "@memory.test"),
                new Attribute("userPassword", uid + "-password"));
        for (Attribute attribute : more) {
            entry.addAttribute(attribute);
        }
        server.add(entry);
    }

    public void add(String attribute, String name, Attribute more) throws LDAPException {
        server.add(new Entry(
                attribute + "=" + name + "," + BASE,
                new Attribute("objectClass", "device"),
                new Attribute(attribute, name),
                more));
    }

    public void delete(String uid) throws LDAPException {
        server.delete(dn(uid));
    }

    public static String dn(String uid) {
        return "uid=" + uid + "," + BASE;
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
