package org.signetmail.notifier.incident;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.incident.AccessLog.What;
import org.signetmail.notifier.incident.Export.Form;
import org.signetmail.notifier.rest.Limit;
import org.signetmail.notifier.rest.Problem;

/** The record of incidents, for people. */
@Path("/api/v1/incidents")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"admin", "auditor"})
@RunOnVirtualThread
public class IncidentResource {
    private static final String CSV = "text/csv";
    private static final String UUID_FORM = "\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";
    private static final Pattern UUID_PATTERN = Pattern.compile(UUID_FORM);

    private final Database database;
    private final IncidentStore store;
    private final AccessLog accesses;
    private final SecurityIdentity identity;

    IncidentResource(Database database, IncidentStore store, AccessLog accesses, SecurityIdentity identity) {
        this.database = database;
        this.store = store;
        this.accesses = accesses;
        this.identity = identity;
    }

    @GET
    @Operation(summary = "Incidents, newest first; all that is asked for must hold")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Incident.Page.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; the problem's field names it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Incident.Page list(
            @BeanParam Parameters parameters,
            @Parameter(description = "Id of an incident: begin behind it. The next of the page before")
                    @QueryParam("after")
                    Optional<String> after,
            @Parameter(
                            description = "Most incidents of a page, up to 200; 50 without it",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    Optional<String> limit,
            @Context UriInfo uri)
            throws SQLException {
        int most = Limit.of(limit);
        Search search = parameters.search();
        Optional<UUID> behind = after.map(
                id -> uuid(id).orElseThrow(() -> Problem.badParameter("after", "after is no id of an incident")));
        List<Incident.Summary> found = database.transaction(connection -> {
            if (behind.isPresent() && store.find(connection, behind.get()).isEmpty()) {
                throw Problem.badParameter("after", "There is no such incident");
            }
            accesses.add(connection, who(), What.LIST, query(uri));
            return store.list(connection, search, behind, most + 1);
        });
        if (found.size() <= most) {
            return new Incident.Page(found, Optional.empty());
        }
        List<Incident.Summary> page = found.subList(0, most);
        return new Incident.Page(page, Optional.of(page.getLast().id()));
    }

    @GET
    @Path("/export")
    @Produces({CSV, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "All incidents of a search, newest first, as a stream",
            description = "csv: a line each, the columns of the list. json: an array of the rejection events")
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = Rejection.class))
            })
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; the problem's field names it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response export(
            @BeanParam Parameters parameters,
            @Parameter(description = "csv or json; json without it") @QueryParam("format") Optional<String> format,
            @Context UriInfo uri)
            throws SQLException {
        Search search = parameters.search();
        Form form = form(format.orElse("json"));
        database.<Boolean, RuntimeException>transaction(connection -> {
            accesses.add(connection, who(), What.EXPORT, query(uri));
            return true;
        });
        return Response.ok(new Export(database, search, form))
                .type(
                        switch (form) {
                            case CSV -> CSV + ";charset=UTF-8";
                            case JSON -> MediaType.APPLICATION_JSON;
                        })
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One incident: all facts of the rejection event, and whether notices went out")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Incident.Details.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such incident",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Incident.Details find(@PathParam("id") String id) throws SQLException {
        Optional<UUID> uuid = uuid(id);
        Optional<Incident.Details> details = uuid.isEmpty()
                ? Optional.empty()
                : database.transaction(connection -> {
                    accesses.add(connection, who(), What.READ, id);
                    return store.find(connection, uuid.get());
                });
        return details.orElseThrow(() -> Problem.notFound("There is no incident with this id"));
    }

    private String who() {
        return identity.getPrincipal().getName();
    }

    private static String query(UriInfo uri) {
        return Optional.ofNullable(uri.getRequestUri().getQuery()).orElse("");
    }

    private static Form form(String word) {
        return switch (word) {
            case "csv" -> Form.CSV;
            case "json" -> Form.JSON;
            default -> throw Problem.badParameter("format", "format is csv or json");
        };
    }

    private static Optional<UUID> uuid(String text) {
        return UUID_PATTERN.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
