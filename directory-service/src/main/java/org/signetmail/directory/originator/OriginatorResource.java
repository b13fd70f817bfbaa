package org.signetmail.directory.originator;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.signetmail.directory.address.AddressStore;
import org.signetmail.directory.address.Owner;
import org.signetmail.directory.administrator.Authorities;
import org.signetmail.directory.administrator.Authority;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.originator.OriginatorStore.Current;
import org.signetmail.directory.problem.Refused;

/** What policy-service asks: the originators that an account may use, with the version as entity tag. */
@Path("/api/v1/accounts/{login}/originators")
@RunOnVirtualThread
public class OriginatorResource {
    private final Database database;
    private final OriginatorStore store;
    private final AddressStore addresses;
    private final Authorities authorities;

    public OriginatorResource(
            Database database, OriginatorStore store, AddressStore addresses, Authorities authorities) {
        this.database = database;
        this.store = store;
        this.addresses = addresses;
        this.authorities = authorities;
    }

    @GET
    @RolesAllowed({"policy", "admin", "auditor", "domain-admin"})
    @Operation(summary = "The addresses that an account may use; ETag is the version, If-None-Match is honoured")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Originators.class)))
    @APIResponse(responseCode = "304", description = "The version is still the one of If-None-Match")
    public Response get(String login, @Context Request request) {
        Login name = Login.of(login).orElseThrow(() -> absent(login));
        return database.snapshot(connection -> answer(connection, name, request));
    }

    private Response answer(Connection connection, Login login, Request request) throws SQLException {
        Authority authority = authorities.toRead(connection);
        Set<String> domains = authority.confinement().isEmpty()
                ? Set.of()
                : addresses.domains(connection, Owner.ACCOUNT, login.text());
        Current current = authority.find(store.current(connection, login), found -> domains, "account " + login);
        var tag = new EntityTag(Long.toString(current.version()));
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return unchanged != null
                ? unchanged.tag(tag).build()
                : Response.ok(store.read(connection, login, current)).tag(tag).build();
    }

    private static Refused absent(String login) {
        return Refused.notFound("account " + login);
    }
}
