package org.signetmail.directory.administrator;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** The authority of the caller of this request. Whether a role may use an endpoint at all is said at the endpoint. */
@Singleton
public class Authorities {
    private static final Set<String> SEE_EVERYTHING = Set.of("admin", "auditor", "policy");
    private static final String WRITES_EVERYTHING = "admin";

    private final SecurityIdentity caller;
    private final AdministratorStore store;

    public Authorities(SecurityIdentity caller, AdministratorStore store) {
        this.caller = caller;
        this.store = store;
    }

    public Authority toRead(Connection connection) throws SQLException {
        return SEE_EVERYTHING.stream().anyMatch(caller::hasRole) ? new Authority.Everywhere() : within(connection);
    }

    /** Asked inside the transaction that writes, so that nobody is deprived of it in between. */
    public Authority toWrite(Connection connection) throws SQLException {
        return caller.hasRole(WRITES_EVERYTHING) ? new Authority.Everywhere() : within(connection);
    }

    private Authority within(Connection connection) throws SQLException {
        return new Authority.Within(
                store.domainsOf(connection, caller.getPrincipal().getName()));
    }
}
