package org.signetmail.directory.group;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.administrator.Authorities;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.group.MemberStore.Candidate;
import org.signetmail.directory.problem.Input;
import org.signetmail.directory.problem.PageLimit;
import org.signetmail.directory.problem.Refused;

/** The members of a group: accounts, and groups as {@code group:name}. */
@Path("/api/v1/groups/{name}/members")
@RunOnVirtualThread
public class MemberResource {
    /** A page of members; next, unless this was the last page, is what to give as {@code after}. */
    public record MemberPage(List<String> members, Optional<String> next) {}

    /** How many became members, and how many are members no more. */
    public record MemberCounts(int added, int removed) {}

    private static final int LONGEST_PLACE = 1000;

    private final Database database;
    private final GroupStore groups;
    private final MemberStore store;
    private final Authorities authorities;

    public MemberResource(Database database, GroupStore groups, MemberStore store, Authorities authorities) {
        this.database = database;
        this.groups = groups;
        this.store = store;
        this.authorities = authorities;
    }

    @GET
    @RolesAllowed({"admin", "auditor", "domain-admin"})
    @Operation(summary = "The group's own members, by name; not the members of its members")
    public MemberPage list(
            String name,
            @RestQuery Optional<String> after,
            @RestQuery @DefaultValue(PageLimit.DEFAULT) PageLimit limit) {
        GroupName group = GroupResource.known(name);
        after.ifPresent(text -> Input.text("after", text, LONGEST_PLACE));
        List<String> page = database.snapshot(connection -> {
            authorities
                    .toRead(connection)
                    .find(
                            groups.find(connection, group),
                            found -> Address.domains(found.addresses()),
                            "group " + group);
            return store.page(connection, group, after.orElse(""), limit.value());
        });
        return new MemberPage(page, page.size() < limit.value() ? Optional.empty() : Optional.of(page.getLast()));
    }

    @POST
    @RolesAllowed("admin")
    @Operation(summary = "Removes some members and adds others, up to 1000 each; all of it or nothing")
    public MemberCounts change(String name, MemberBody body) {
        GroupName group = GroupResource.known(name);
        if (body == null) {
            throw Refused.invalid(null, "A body is required");
        }
        List<Party> toRemove = body.toRemove();
        List<Candidate> toAdd = body.toAdd();
        return database.write(transaction -> {
            require(transaction.connection(), group);
            int removed = toRemove.isEmpty() ? 0 : store.remove(transaction, group, toRemove);
            int added = toAdd.isEmpty() ? 0 : store.add(transaction, group, toAdd);
            return new MemberCounts(added, removed);
        });
    }

    @PUT
    @Path("{member}")
    @RolesAllowed("admin")
    @Operation(summary = "Makes an account, or a group as group:name, a member")
    public void put(String name, String member) {
        GroupName group = GroupResource.known(name);
        Candidate candidate = MemberBody.candidate(member, "member");
        database.write(transaction -> {
            require(transaction.connection(), group);
            return store.add(transaction, group, List.of(candidate));
        });
    }

    @DELETE
    @Path("{member}")
    @RolesAllowed("admin")
    @Operation(summary = "Ends a membership")
    public void delete(String name, String member) {
        GroupName group = GroupResource.known(name);
        Party party = Party.of(member).orElseThrow(() -> absent(member, name));
        if (database.write(transaction -> store.remove(transaction, group, List.of(party))) == 0) {
            throw absent(member, name);
        }
    }

    private void require(Connection connection, GroupName group) throws SQLException {
        if (!groups.exists(connection, group)) {
            throw GroupResource.absent(group.text());
        }
    }

    private static Refused absent(String member, String group) {
        return Refused.notFound("member " + member + " of group " + group);
    }
}
