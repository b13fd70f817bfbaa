package org.signetmail.directory.grant;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.signetmail.directory.address.AddressStore;
import org.signetmail.directory.address.Owner;
import org.signetmail.directory.administrator.Authorities;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.group.Party;
import org.signetmail.directory.problem.PageLimit;
import org.signetmail.directory.problem.Refused;

/** Grants: who may use addresses that are not their own. A grant is never altered, only given and withdrawn. */
@Path("/api/v1/grants")
@RunOnVirtualThread
public class GrantResource {
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    /** A page of grants; next, unless this was the last page, is what to give as {@code after}. */
    public record GrantPage(List<Grant> grants, Optional<String> next) {}

    /** What a grant request came to. */
    private record Given(boolean created, Grant grant) {}

    private final Database database;
    private final GrantStore store;
    private final AddressStore addresses;
    private final Authorities authorities;
    private final SecurityIdentity caller;

    public GrantResource(
            Database database,
            GrantStore store,
            AddressStore addresses,
            Authorities authorities,
            SecurityIdentity caller) {
        this.database = database;
        this.store = store;
        this.addresses = addresses;
        this.authorities = authorities;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({"admin", "auditor", "domain-admin"})
    @Operation(summary = "Grants to an account or group or on a target, in the order in which they were given")
    public GrantPage list(
            @RestQuery Optional<String> account,
            @RestQuery Optional<String> target,
            @RestQuery Optional<String> after,
            @RestQuery @DefaultValue(PageLimit.DEFAULT) PageLimit limit) {
        Optional<String> grantee = account.map(text -> Party.of(text)
                .orElseThrow(() -> Refused.invalid("account", "This is neither a login nor group:name"))
                .toString());
        Optional<String> key = target.map(text -> GrantTarget.parse(text).key());
        long start = after.map(
                        text -> number(text).orElseThrow(() -> Refused.invalid("after", "This is no grant's id")))
                .orElse(0L);
        List<Grant> page = database.snapshot(connection -> new GrantSearch(
                        grantee, key, authorities.toRead(connection).confinement(), start, limit.value())
                .run(connection));
        return new GrantPage(
                page,
                page.size() < limit.value()
                        ? Optional.empty()
                        : Optional.of(page.getLast().id()));
    }

    @POST
    @RolesAllowed({"admin", "domain-admin"})
    @Operation(
            summary =
                    "Gives a grant (201); one that gives the same at the same times and places is answered instead (200)")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Grant.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Grant.class)))
    public RestResponse<Grant> give(GrantBody body) {
        if (body == null) {
            throw Refused.invalid(null, "A body is required");
        }
        GrantBody.Checked wanted = body.check();
        String giver = caller.getPrincipal().getName();
        Given given = database.write(transaction -> {
            authorities
                    .toWrite(transaction.connection())
                    .require(
                            domains(transaction.connection(), wanted.target()),
                            wanted.target().text(),
                            "target");
            Optional<Grant> same = store.same(transaction.connection(), wanted);
            return same.isPresent()
                    ? new Given(false, same.get())
                    : new Given(true, store.add(transaction, wanted, giver));
        });
        return ResponseBuilder.<Grant>create(given.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK)
                .location(URI.create("/api/v1/grants/" + given.grant().id()))
                .entity(given.grant())
                .build();
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({"admin", "domain-admin"})
    @Operation(summary = "Withdraws a grant")
    public void withdraw(String id) {
        long number = number(id).orElseThrow(() -> absent(id));
        database.write(transaction -> {
            Connection connection = transaction.connection();
            Grant grant = store.find(connection, number).orElseThrow(() -> absent(id));
            authorities
                    .toWrite(connection)
                    .require(domains(connection, GrantTarget.parse(grant.target())), grant.target(), "target");
            return store.delete(transaction, number);
        });
    }

    /** Where the addresses are that the target stands for; none where it stands for none. */
    private Set<String> domains(Connection connection, GrantTarget target) throws SQLException {
        return switch (target) {
            case GrantTarget.OfAddress address -> Set.of(address.canonical().domain());
            case GrantTarget.OfDomain wildcard -> Set.of(wildcard.name());
            case GrantTarget.OfAccount account ->
                addresses.domains(connection, Owner.ACCOUNT, account.login().text());
            case GrantTarget.OfGroup group ->
                addresses.domains(connection, Owner.GROUP, group.name().text());
        };
    }

    private static Refused absent(String id) {
        return Refused.notFound("grant " + id);
    }

    private static Optional<Long> number(String id) {
        return ID.matcher(id).matches() ? Optional.of(Long.valueOf(id)) : Optional.empty();
    }
}
