package org.signetmail.directory.domain;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.signetmail.directory.address.CanonicalDomain;
import org.signetmail.directory.administrator.Authorities;
import org.signetmail.directory.administrator.Authority;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.problem.Refused;

/** Registered domains; a path may hold U-labels or A-labels. */
@Path("/api/v1/domains")
@RunOnVirtualThread
public class DomainResource {
    /** All domains, by name. */
    public record DomainList(List<Domain> domains) {}

    private final Database database;
    private final DomainStore store;
    private final Authorities authorities;

    public DomainResource(Database database, DomainStore store, Authorities authorities) {
        this.database = database;
        this.store = store;
        this.authorities = authorities;
    }

    @GET
    @RolesAllowed({"admin", "auditor", "domain-admin"})
    @Operation(summary = "All registered domains")
    public DomainList list() {
        return database.snapshot(connection -> {
            Authority authority = authorities.toRead(connection);
            return new DomainList(store.all(connection).stream()
                    .filter(domain -> authority.covers(Set.of(domain.domain())))
                    .toList());
        });
    }

    @GET
    @Path("{domain}")
    @RolesAllowed({"admin", "auditor", "domain-admin"})
    @Operation(summary = "One domain")
    public Domain get(String domain) {
        String name = known(domain);
        return database.snapshot(connection -> authorities
                .toRead(connection)
                .find(store.find(connection, name), found -> Set.of(found.domain()), "domain " + name));
    }

    @PUT
    @Path("{domain}")
    @RolesAllowed("admin")
    @Operation(summary = "Registers a domain (201) or replaces its settings (200)")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Domain.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Domain.class)))
    public RestResponse<Domain> put(String domain, DomainBody body) {
        String name =
                CanonicalDomain.of(domain).orElseThrow(() -> Refused.invalid("domain", "This is no valid domain name"));
        if (body == null) {
            throw Refused.invalid(null, "A body is required");
        }
        Domain wanted = body.as(name);
        boolean created = database.write(transaction -> store.put(transaction, wanted));
        return RestResponse.status(created ? RestResponse.Status.CREATED : RestResponse.Status.OK, wanted);
    }

    @DELETE
    @Path("{domain}")
    @RolesAllowed("admin")
    @Operation(summary = "Deletes a domain's settings; addresses in it stay")
    public void delete(String domain) {
        String name = known(domain);
        if (!database.write(transaction -> store.delete(transaction, name))) {
            throw absent(domain);
        }
    }

    private static String known(String domain) {
        return CanonicalDomain.of(domain).orElseThrow(() -> absent(domain));
    }

    private static Refused absent(String domain) {
        return Refused.notFound("domain " + domain);
    }
}
