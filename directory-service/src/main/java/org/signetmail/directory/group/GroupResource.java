package org.signetmail.directory.group;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.administrator.Authorities;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.problem.PageLimit;
import org.signetmail.directory.problem.Refused;

/** Groups with their addresses; {@link MemberResource} has their members. */
@Path("/api/v1/groups")
@RunOnVirtualThread
public class GroupResource {
    /** A page of groups; next, unless this was the last page, is what to give as {@code after}. */
    public record GroupPage(List<Group> groups, Optional<String> next) {}

    private final Database database;
    private final GroupStore store;
    private final Authorities authorities;

    public GroupResource(Database database, GroupStore store, Authorities authorities) {
        this.database = database;
        this.store = store;
        this.authorities = authorities;
    }

    @GET
    @RolesAllowed({"admin", "auditor", "domain-admin"})
    @Operation(summary = "Groups whose name, display name or an address contains the query, by name")
    public GroupPage list(
            @RestQuery Optional<String> query,
            @RestQuery Optional<String> after,
            @RestQuery @DefaultValue(PageLimit.DEFAULT) PageLimit limit) {
        List<Group> page = database.snapshot(connection -> store.search(
                connection,
                new GroupSearch(query, authorities.toRead(connection).confinement(), after, limit.value())));
        return new GroupPage(
                page,
                page.size() < limit.value()
                        ? Optional.empty()
                        : Optional.of(page.getLast().name()));
    }

    @GET
    @Path("{name}")
    @RolesAllowed({"admin", "auditor", "domain-admin"})
    @Operation(summary = "One group")
    public Group get(String name) {
        GroupName known = known(name);
        return database.snapshot(connection -> visible(connection, known));
    }

    private Group visible(Connection connection, GroupName name) throws SQLException {
        return authorities
                .toRead(connection)
                .find(store.find(connection, name), group -> Address.domains(group.addresses()), "group " + name);
    }

    @PUT
    @Path("{name}")
    @RolesAllowed("admin")
    @Operation(summary = "Creates a group (201) or replaces it (200); its members stay")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Group.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Group.class)))
    public RestResponse<Group> put(String name, GroupBody body) {
        GroupName sound = GroupName.of(name)
                .orElseThrow(() -> Refused.invalid("name", "A group's name has 1 to 64 of A-Z a-z 0-9 . _ @ -"));
        if (body == null) {
            throw Refused.invalid(null, "A body is required");
        }
        Group group = body.as(sound);
        boolean created = database.write(transaction -> store.put(transaction, group));
        return RestResponse.status(created ? RestResponse.Status.CREATED : RestResponse.Status.OK, group);
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed("admin")
    @Operation(summary = "Deletes a group with its addresses, its memberships, and the grants to it and on it")
    public void delete(String name) {
        GroupName known = known(name);
        if (!database.write(transaction -> store.delete(transaction, known))) {
            throw absent(name);
        }
    }

    static GroupName known(String name) {
        return GroupName.of(name).orElseThrow(() -> absent(name));
    }

    static Refused absent(String name) {
        return Refused.notFound("group " + name);
    }
}
