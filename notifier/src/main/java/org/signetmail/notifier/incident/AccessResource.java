package org.signetmail.notifier.incident;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.rest.Limit;
import org.signetmail.notifier.rest.Problem;

/** Who looked at the record of incidents. */
@Path("/api/v1/incident-accesses")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"admin", "auditor"})
@RunOnVirtualThread
public class AccessResource {
    private final Database database;
    private final AccessLog accesses;

    AccessResource(Database database, AccessLog accesses) {
        this.database = database;
        this.accesses = accesses;
    }

    @GET
    @Operation(summary = "Who listed, read or exported incidents, newest first")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = AccessLog.Page.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; the problem's field names it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public AccessLog.Page list(
            @Parameter(description = "Name of one of them, as in the token") @QueryParam("who") Optional<String> who,
            @Parameter(
                            description = "The next of the page before",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
                    @QueryParam("after")
                    Optional<String> after,
            @Parameter(
                            description = "Most of a page, up to 200; 50 without it",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    Optional<String> limit)
            throws SQLException {
        int most = Limit.of(limit);
        Optional<Long> behind = after.map(AccessResource::number);
        List<AccessLog.Access> found =
                database.transaction(connection -> accesses.list(connection, who, behind, most + 1));
        if (found.size() <= most) {
            return new AccessLog.Page(found, Optional.empty());
        }
        List<AccessLog.Access> page = found.subList(0, most);
        return new AccessLog.Page(page, Optional.of(page.getLast().id()));
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw Problem.badParameter("after", "after is the next of the page before");
        }
        return Long.parseLong(text);
    }
}
