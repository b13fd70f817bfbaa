package org.signetmail.directory.administrator;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.signetmail.directory.address.CanonicalDomain;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.problem.Refused;

/** Who, with the role domain-admin, may do what within a domain. Only administrators of everything appoint them. */
@Path("/api/v1/domains/{domain}/administrators")
@RunOnVirtualThread
public class AdministratorResource {
    private static final int LONGEST_NAME = 256;

    /** All administrators of a domain, by name. */
    public record AdministratorList(List<Administrator> administrators) {}

    private record Appointed(boolean created, Administrator administrator) {}

    private final Database database;
    private final AdministratorStore store;
    private final SecurityIdentity caller;

    public AdministratorResource(Database database, AdministratorStore store, SecurityIdentity caller) {
        this.database = database;
        this.store = store;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({"admin", "auditor"})
    @Operation(summary = "Who administers a domain")
    public AdministratorList list(String domain) {
        return database.snapshot(connection -> new AdministratorList(store.of(connection, known(connection, domain))));
    }

    @GET
    @Path("{name}")
    @RolesAllowed({"admin", "auditor"})
    @Operation(summary = "One administrator of a domain")
    public Administrator get(String domain, String name) {
        return database.snapshot(connection -> store.find(connection, known(connection, domain), name))
                .orElseThrow(() -> absent(domain, name));
    }

    @PUT
    @Path("{name}")
    @RolesAllowed("admin")
    @Operation(
            summary =
                    "Makes the bearer of tokens of this name an administrator of the domain (201), if they were none (200)")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Administrator.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Administrator.class)))
    public RestResponse<Administrator> put(String domain, String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.codePoints().anyMatch(Character::isISOControl)) {
            throw Refused.invalid("name", "A name has 1 to 256 characters, none of them control characters");
        }
        String appointedBy = caller.getPrincipal().getName();
        Appointed appointed = database.write(transaction -> {
            Connection connection = transaction.connection();
            String canonical = known(connection, domain);
            boolean created = store.appoint(connection, canonical, name, appointedBy);
            return new Appointed(
                    created, store.find(connection, canonical, name).orElseThrow());
        });
        return RestResponse.status(
                appointed.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, appointed.administrator());
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed("admin")
    @Operation(summary = "Withdraws a domain from an administrator; what they granted stays")
    public void delete(String domain, String name) {
        boolean dismissed = database.write(
                transaction -> store.dismiss(transaction.connection(), known(transaction.connection(), domain), name));
        if (!dismissed) {
            throw absent(domain, name);
        }
    }

    private String known(Connection connection, String domain) throws SQLException {
        Refused absent = Refused.notFound("domain " + domain);
        String canonical = CanonicalDomain.of(domain).orElseThrow(() -> absent);
        if (!store.isRegistered(connection, canonical)) {
            throw absent;
        }
        return canonical;
    }

    private static Refused absent(String domain, String name) {
        return Refused.notFound("administrator " + name + " of domain " + domain);
    }
}
