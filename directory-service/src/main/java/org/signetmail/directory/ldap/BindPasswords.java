package org.signetmail.directory.ldap;

import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.credential.ForeignPasswords;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.credential.Password;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.problem.Refused;

/** Has LDAP check the passwords of the accounts that come from it, by a bind as the account's entry. */
@Singleton
class BindPasswords implements ForeignPasswords {
    private static final Logger LOG = Logger.getLogger(BindPasswords.class);
    private static final int MOST_CONNECTIONS = 16;

    /** RFC 4511 appendix A: what says something about this name and password, and not about the server. */
    private static final Set<ResultCode> WRONG = Set.of(
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.NO_SUCH_OBJECT,
            ResultCode.INVALID_DN_SYNTAX,
            ResultCode.CONSTRAINT_VIOLATION,
            ResultCode.UNWILLING_TO_PERFORM);

    private final Database database;
    private final EntryStore entries;
    private final LdapServers servers;
    private final boolean enabled;
    private LDAPConnectionPool connections;

    BindPasswords(Database database, EntryStore entries, LdapServers servers, DirectoryConfig config) {
        this.database = database;
        this.entries = entries;
        this.servers = servers;
        this.enabled = servers.configured() && config.ldap().checkPasswords();
    }

    @Override
    public Optional<Boolean> matches(Login login, Password password) {
        return enabled
                ? database.transaction(connection -> entries.dn(connection, login))
                        .map(dn -> bind(dn, password))
                : Optional.empty();
    }

    /** RFC 4513 section 5.1.2: a name without a password is an unauthenticated bind, which succeeds. */
    private boolean bind(String dn, Password password) {
        if (password.text().isEmpty() || dn.isEmpty()) {
            return false;
        }
        try {
            return pool().bind(dn, password.text()).getResultCode().equals(ResultCode.SUCCESS);
        } catch (LDAPException e) {
            if (WRONG.contains(e.getResultCode())) {
                return false;
            }
            LOG.warnf("LDAP could not check a password: %s", e.getExceptionMessage());
            throw Refused.unavailable("The LDAP server that checks this password is unavailable");
        }
    }

    /** Made with the first password, and without a connection: the service starts without LDAP. */
    private synchronized LDAPConnectionPool pool() throws LDAPException {
        if (connections == null) {
            connections = new LDAPConnectionPool(servers.forPasswords(), null, 0, MOST_CONNECTIONS, null, false);
            connections.setRetryFailedOperationsDueToInvalidConnections(true);
        }
        return connections;
    }

    @PreDestroy
    synchronized void close() {
        if (connections != null) {
            connections.close();
        }
    }
}
