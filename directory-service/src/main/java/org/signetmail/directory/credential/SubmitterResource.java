package org.signetmail.directory.credential;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.signetmail.directory.credential.CredentialStore.SignIn;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.limit.Limits;
import org.signetmail.directory.problem.Refused;

/** For sign-ins whose identity is proved elsewhere (OAUTHBEARER, EXTERNAL): whether such an account may submit. */
@Path("/api/v1/accounts/{login}/submitter")
@RunOnVirtualThread
public class SubmitterResource {
    /** @param account the account's login as it is stored */
    public record Submitter(String account, Optional<Limits> limits) {}

    private final Database database;
    private final CredentialStore store;

    public SubmitterResource(Database database, CredentialStore store) {
        this.database = database;
        this.store = store;
    }

    @GET
    @RolesAllowed("edge")
    @Operation(summary = "An enabled account, with or without a password")
    public Submitter get(String login) {
        Optional<Login> name = Login.of(login);
        return name.flatMap(known -> database.transaction(connection -> store.find(connection, known)))
                .filter(SignIn::enabled)
                .map(account -> new Submitter(name.get().text(), account.limits()))
                .orElseThrow(() -> Refused.notFound("enabled account " + login));
    }
}
