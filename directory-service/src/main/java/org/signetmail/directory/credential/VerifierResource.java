package org.signetmail.directory.credential;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.signetmail.directory.credential.CredentialStore.SignIn;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.problem.Refused;

/** Gives the edge what it needs to run a SCRAM exchange itself. */
@Path("/api/v1/accounts/{login}/scram-verifier")
@RunOnVirtualThread
public class VerifierResource {
    private final Database database;
    private final CredentialStore store;

    public VerifierResource(Database database, CredentialStore store) {
        this.database = database;
        this.store = store;
    }

    @GET
    @RolesAllowed("edge")
    @Operation(summary = "The SCRAM-SHA-256 verifier of an enabled account")
    public Verifier get(String login) {
        return Login.of(login)
                .flatMap(name -> database.transaction(connection -> store.find(connection, name)))
                .filter(SignIn::enabled)
                .flatMap(SignIn::verifier)
                .orElseThrow(() -> Refused.notFound("enabled account " + login + " with a password"));
    }
}
