package org.signetmail.directory.account;

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
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.signetmail.directory.account.AccountStore.Written;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.administrator.Authorities;
import org.signetmail.directory.credential.CredentialStore;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.credential.Password;
import org.signetmail.directory.credential.Scram;
import org.signetmail.directory.credential.Verifier;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.problem.PageLimit;
import org.signetmail.directory.problem.Refused;

/** Accounts and shared mailboxes with their addresses. */
@Path("/api/v1/accounts")
@RunOnVirtualThread
public class AccountResource {
    /** A page of accounts; next, unless this was the last page, is what to give as {@code after}. */
    public record AccountPage(List<Account> accounts, Optional<String> next) {}

    private final Database database;
    private final AccountStore store;
    private final CredentialStore credentials;
    private final Scram scram;
    private final Authorities authorities;

    public AccountResource(
            Database database, AccountStore store, CredentialStore credentials, Scram scram, Authorities authorities) {
        this.database = database;
        this.store = store;
        this.credentials = credentials;
        this.scram = scram;
        this.authorities = authorities;
    }

    @GET
    @RolesAllowed({"admin", "auditor", "domain-admin"})
    @Operation(summary = "Accounts whose login, display name or an address contains the query, by login")
    public AccountPage list(
            @RestQuery Optional<String> query,
            @RestQuery Optional<String> after,
            @RestQuery @DefaultValue(PageLimit.DEFAULT) PageLimit limit) {
        List<Account> page = database.snapshot(connection -> store.search(
                connection,
                new AccountSearch(query, authorities.toRead(connection).confinement(), after, limit.value())));
        return new AccountPage(
                page,
                page.size() < limit.value()
                        ? Optional.empty()
                        : Optional.of(page.getLast().login()));
    }

    @GET
    @Path("{login}")
    @RolesAllowed({"admin", "auditor", "domain-admin"})
    @Operation(summary = "One account")
    public Account get(String login) {
        Login name = known(login);
        return database.snapshot(connection -> authorities
                .toRead(connection)
                .find(
                        store.find(connection, name),
                        account -> Address.domains(account.addresses()),
                        "account " + name));
    }

    @PUT
    @Path("{login}")
    @RolesAllowed("admin")
    @Operation(summary = "Creates an account (201) or replaces it (200); without a password the credential stays")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Account.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Account.class)))
    public RestResponse<Account> put(String login, AccountBody body) {
        Login name = Login.of(login)
                .orElseThrow(() -> Refused.invalid("login", "A login has 1 to 64 of A-Z a-z 0-9 . _ @ -"));
        if (body == null) {
            throw Refused.invalid(null, "A body is required");
        }
        Account account = body.as(name);
        Optional<Verifier> changed = body.password().flatMap(password -> changed(scram, verifier(name), password));
        Written written = database.write(transaction -> store.put(transaction, account, changed));
        return RestResponse.status(
                written == Written.CREATED ? RestResponse.Status.CREATED : RestResponse.Status.OK, account);
    }

    @DELETE
    @Path("{login}")
    @RolesAllowed("admin")
    @Operation(summary = "Deletes an account with its addresses, its credential, and the grants to it and on it")
    public void delete(String login) {
        Login name = known(login);
        if (!database.write(transaction -> store.delete(transaction, name))) {
            throw absent(login);
        }
    }

    private Optional<Verifier> verifier(Login login) {
        return database.transaction(connection -> credentials.verifier(connection, login));
    }

    /**
     * The verifier of a new password; empty when it is the one that the account has already, which a provider that
     * repeats itself would else release a suspension with.
     *
     * @throws Refused naming the field when it can be no password
     */
    public static Optional<Verifier> changed(Scram scram, Optional<Verifier> stored, Password password) {
        if (stored.isPresent() && scram.matches(stored, password)) {
            return Optional.empty();
        }
        return Optional.of(scram.ownVerifier(password)
                .orElseThrow(() -> Refused.invalid(
                        "password",
                        "A password has 1 to 1024 characters that SASLprep (RFC 4013) does not prohibit, and not the"
                                + " shape of an application password")));
    }

    private static Login known(String login) {
        return Login.of(login).orElseThrow(() -> absent(login));
    }

    private static Refused absent(String login) {
        return Refused.notFound("account " + login);
    }
}
