package org.signetmail.directory.credential;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.network.Network;
import org.signetmail.directory.problem.Refused;

/** Application passwords: given, bound, looked at and revoked. A password is in the answer that makes it and nowhere else. */
@Path("/api/v1/accounts/{login}/credentials")
@RunOnVirtualThread
public class ApplicationPasswordResource {
    private static final int MOST = 20;

    /** The application passwords of an account, the oldest first. */
    public record ApplicationPasswords(List<ApplicationPassword> credentials) {}

    /** @param password to be shown once; it cannot be read again */
    public record Issued(ApplicationPassword credential, String password) {
        @Override
        public String toString() {
            return "Issued[" + credential + "]";
        }
    }

    /** @param client IP address of the submitting host */
    public record Use(Optional<String> client) {}

    private final Database database;
    private final CredentialStore accounts;
    private final ApplicationPasswordStore store;
    private final Scram scram;
    private final SecurityIdentity caller;
    private final SecureRandom random = new SecureRandom();

    public ApplicationPasswordResource(
            Database database,
            CredentialStore accounts,
            ApplicationPasswordStore store,
            Scram scram,
            SecurityIdentity caller) {
        this.database = database;
        this.accounts = accounts;
        this.store = store;
        this.scram = scram;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({"admin", "auditor"})
    @Operation(summary = "The application passwords of an account, 20 at most, without the passwords")
    public ApplicationPasswords list(String login) {
        return database.snapshot(
                connection -> new ApplicationPasswords(store.of(connection, accounts.existing(connection, login))));
    }

    @POST
    @RolesAllowed("admin")
    @Operation(summary = "Makes an application password; the answer alone has it")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Issued.class)))
    public RestResponse<Issued> issue(String login, ApplicationPasswordBody body) {
        ApplicationPasswordBody wanted = checked(body);
        if (wanted.validUntil().isPresent() && wanted.validUntil().get().isBefore(Instant.now())) {
            throw Refused.invalid("validUntil", "This has passed already");
        }
        GeneratedPassword password = GeneratedPassword.draw(random);
        Verifier verifier = scram.verifier(password.password()).orElseThrow();
        String by = caller.getPrincipal().getName();
        ApplicationPassword added = database.write(transaction ->
                store.add(transaction, withRoom(transaction, login), password.id(), wanted, verifier, by));
        return ResponseBuilder.<Issued>create(RestResponse.Status.CREATED)
                .location(URI.create("/api/v1/accounts/" + login + "/credentials/" + added.id()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new Issued(added, password.text()))
                .build();
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "auditor"})
    @Operation(summary = "One application password, without the password")
    public ApplicationPassword get(String login, String id) {
        return database.snapshot(connection -> store.find(connection, accounts.existing(connection, login), known(id)))
                .map(ApplicationPasswordStore.Known::password)
                .orElseThrow(() -> absent(id));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed("admin")
    @Operation(summary = "Replaces label, bounds and end of an application password; the password stays")
    public ApplicationPassword change(String login, String id, ApplicationPasswordBody body) {
        ApplicationPasswordBody wanted = checked(body);
        return database.write(transaction -> store.change(transaction, existing(transaction, login), known(id), wanted))
                .orElseThrow(() -> absent(id));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("admin")
    @Operation(summary = "Revokes an application password, also for those who are signed in with it")
    public void revoke(String login, String id) {
        if (!database.write(transaction -> store.revoke(transaction, existing(transaction, login), known(id)))) {
            throw absent(id);
        }
    }

    @POST
    @Path("{id}/uses")
    @RolesAllowed("edge")
    @Operation(summary = "Notes a sign-in that the edge checked itself, as it does with SCRAM")
    public void used(String login, String id, Use use) {
        Optional<InetAddress> client = client(use == null ? Optional.empty() : use.client());
        database.transaction(
                connection -> store.used(connection, accounts.existing(connection, login), known(id), client));
    }

    /** The submitting host, where it is given. */
    static Optional<InetAddress> client(Optional<String> client) {
        return client.map(
                text -> Network.host(text).orElseThrow(() -> Refused.invalid("client", "This is no IP address")));
    }

    private Login withRoom(WriteTransaction transaction, String login) throws SQLException {
        Login account = existing(transaction, login);
        if (store.of(transaction.connection(), account).size() >= MOST) {
            throw Refused.conflict(null, "The account has " + MOST + " application passwords; revoke one first");
        }
        return account;
    }

    private Login existing(WriteTransaction transaction, String login) throws SQLException {
        return accounts.existing(transaction.connection(), login);
    }

    private static ApplicationPasswordBody checked(ApplicationPasswordBody body) {
        if (body == null) {
            throw Refused.invalid(null, "A body is required");
        }
        return body.checked();
    }

    private static String known(String id) {
        return GeneratedPassword.id(id).orElseThrow(() -> absent(id));
    }

    private static Refused absent(String id) {
        return Refused.notFound("application password " + id);
    }
}
