package org.signetmail.notifier.administrator;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.rest.Limit;
import org.signetmail.notifier.rest.Problem;

/** Who is told of refusals, by domain of the account's primary address. */
@Path("/api/v1/administrators")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@RunOnVirtualThread
public class AdministratorResource {
    private static final Logger LOG = Logger.getLogger(AdministratorResource.class);

    private final Database database;
    private final AdministratorStore store;
    private final Administrators administrators;
    private final NotifierConfig config;
    private final SecurityIdentity identity;

    AdministratorResource(
            Database database,
            AdministratorStore store,
            Administrators administrators,
            NotifierConfig config,
            SecurityIdentity identity) {
        this.database = database;
        this.store = store;
        this.administrators = administrators;
        this.config = config;
        this.identity = identity;
    }

    @GET
    @RolesAllowed({"admin", "auditor"})
    @Operation(
            operationId = "listAdministrators",
            summary = "Domains with administrators of their own, by name, and those of all others")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = DomainAdministrators.Page.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; the problem's field names it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public DomainAdministrators.Page list(
            @Parameter(description = "The next of the page before") @QueryParam("after") Optional<String> after,
            @Parameter(description = Limit.DESCRIPTION, schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    Optional<String> limit)
            throws SQLException {
        int most = Limit.of(limit);
        return database.transaction(connection -> {
            List<String> names = store.domains(connection, after.orElse(""), most + 1);
            var page = new ArrayList<DomainAdministrators>();
            for (String name : names.subList(0, Math.min(most, names.size()))) {
                store.find(connection, name).ifPresent(found -> page.add(DomainAdministrators.of(name, found)));
            }
            return new DomainAdministrators.Page(
                    DomainAdministrators.entries(administrators.defaults()),
                    page,
                    names.size() > most ? Optional.of(names.get(most - 1)) : Optional.empty());
        });
    }

    @GET
    @Path("/{domain}")
    @RolesAllowed({"admin", "auditor"})
    @Operation(operationId = "findAdministrators", summary = "The administrators of a domain's own")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = DomainAdministrators.class)))
    @APIResponse(
            responseCode = "404",
            description = "The domain has none of its own; those of the configuration are told",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public DomainAdministrators find(@PathParam("domain") String domain) throws SQLException {
        String name = name(domain);
        return database.transaction(connection -> store.find(connection, name))
                .map(found -> DomainAdministrators.of(name, found))
                .orElseThrow(AdministratorResource::none);
    }

    @PUT
    @Path("/{domain}")
    @Operation(
            operationId = "replaceAdministrators",
            summary =
                    "Replaces the administrators of a domain: each is told, and owners of accounts may turn to the first")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = DomainAdministrators.class)))
    @APIResponse(
            responseCode = "400",
            description = "Something is wrong; the problem's field names it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public DomainAdministrators replace(@PathParam("domain") String domain, DomainAdministrators body)
            throws SQLException {
        String name = name(domain);
        if (body == null) {
            throw Problem.badParameter("administrators", "administrators is missing");
        }
        Administration administration = body.read(config.texts().language());
        database.<Boolean, RuntimeException>transaction(connection -> {
            store.replace(connection, name, administration);
            return true;
        });
        DomainAdministrators now = DomainAdministrators.of(name, administration);
        LOG.infof("%s made %s the administrators of %s", who(), now.administrators(), name);
        return now;
    }

    @DELETE
    @Path("/{domain}")
    @Operation(
            operationId = "removeAdministrators",
            summary = "The domain has no administrators of its own any more; those of the configuration are told")
    @APIResponse(responseCode = "204")
    @APIResponse(
            responseCode = "404",
            description = "It had none",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public void remove(@PathParam("domain") String domain) throws SQLException {
        String name = name(domain);
        if (!database.transaction(connection -> store.delete(connection, name))) {
            throw none();
        }
        LOG.infof("%s removed the administrators of %s", who(), name);
    }

    private String who() {
        return identity.getPrincipal().getName();
    }

    private static Problem.Thrown none() {
        return Problem.notFound("The domain has no administrators of its own");
    }

    /** As primary addresses are compared: an A-label in lower case. */
    private static String name(String domain) {
        return Mailbox.of("postmaster@" + domain)
                .orElseThrow(() -> Problem.badParameter("domain", "domain is a name that mail can go to"))
                .domain();
    }
}
