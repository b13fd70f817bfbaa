package org.signetmail.directory.suspension;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.signetmail.directory.credential.CredentialStore;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.problem.Input;
import org.signetmail.directory.problem.PageLimit;
import org.signetmail.directory.problem.Refused;

/**
 * Accounts that may not submit for now. They still sign in, so that the owner reads why (decision 53). Whoever suspends
 * takes part in no race: a suspension that stands is left as it is.
 */
@Path("/api/v1/accounts/{login}/suspension")
@RunOnVirtualThread
public class SuspensionResource {
    private static final Logger LOG = Logger.getLogger(SuspensionResource.class);
    private static final int LONGEST_REASON = 300;

    /** @param reason what the owner and the administrator read */
    public record SuspensionBody(String reason) {}

    /** Suspensions of an account, the latest first. */
    public record History(List<Suspension> suspensions) {}

    /** What a request to suspend came to. */
    private record Suspended(boolean created, Suspension suspension) {}

    private final Database database;
    private final CredentialStore accounts;
    private final SuspensionStore store;
    private final SecurityIdentity caller;

    public SuspensionResource(
            Database database, CredentialStore accounts, SuspensionStore store, SecurityIdentity caller) {
        this.database = database;
        this.accounts = accounts;
        this.store = store;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({"admin", "auditor"})
    @Operation(summary = "The suspension that stands; 404 when the account is not suspended")
    public Suspension get(String login) {
        return Login.of(login)
                .flatMap(name -> database.transaction(connection -> store.standing(connection, name)))
                .orElseThrow(() -> Refused.notFound("suspension of account " + login));
    }

    @GET
    @Path("history")
    @RolesAllowed({"admin", "auditor"})
    @Operation(summary = "All suspensions of the account, the latest first")
    public History history(String login, @RestQuery @DefaultValue(PageLimit.DEFAULT) PageLimit limit) {
        return database.snapshot(connection ->
                new History(store.history(connection, accounts.existing(connection, login), limit.value())));
    }

    @PUT
    @RolesAllowed({"policy", "admin"})
    @Operation(summary = "Suspends an account (201); one that is suspended already is left as it is (200)")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Suspension.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Suspension.class)))
    public RestResponse<Suspension> suspend(String login, SuspensionBody body) {
        String reason = checked(body);
        String by = caller.getPrincipal().getName();
        Suspended result = database.write(transaction -> {
            Login name = accounts.existing(transaction.connection(), login);
            Optional<Suspension> standing = store.standing(transaction.connection(), name);
            return standing.isPresent()
                    ? new Suspended(false, standing.get())
                    : new Suspended(true, store.suspend(transaction, name, reason, by));
        });
        if (result.created()) {
            LOG.warnf("Account %s was suspended by %s: %s", login, by, reason);
        }
        return RestResponse.status(
                result.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, result.suspension());
    }

    @DELETE
    @RolesAllowed("admin")
    @Operation(summary = "Releases an account; one that is not suspended is left alone")
    public void release(String login) {
        String by = caller.getPrincipal().getName();
        boolean released = database.write(
                transaction -> store.release(transaction, accounts.existing(transaction.connection(), login), by));
        if (released) {
            LOG.infof("Account %s was released by %s", login, by);
        }
    }

    /** The reason stands in a reply of SMTP: one line, and short. */
    private static String checked(SuspensionBody body) {
        return Input.line("reason", body == null ? null : body.reason(), LONGEST_REASON);
    }
}
