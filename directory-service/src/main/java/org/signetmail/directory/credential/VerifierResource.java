package org.signetmail.directory.credential;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.credential.CredentialStore.SignIn;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.limit.Limits;

/** Gives the edge what it needs to run a SCRAM exchange itself, for any login, so that the client cannot tell them apart. */
@Path("/api/v1/accounts/{login}/scram-verifier")
@RunOnVirtualThread
public class VerifierResource {
    /**
     * A verifier; bytes are Base64.
     *
     * @param account the account's login as it is stored; absent with a verifier that no password matches
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record ScramVerifier(
            byte[] salt,
            int iterations,
            byte[] storedKey,
            byte[] serverKey,
            Optional<String> account,
            Optional<Limits> limits) {}

    private final Database database;
    private final CredentialStore store;
    private final int iterations;

    public VerifierResource(Database database, CredentialStore store, DirectoryConfig config) {
        this.database = database;
        this.store = store;
        this.iterations = config.scram().iterations();
    }

    @GET
    @RolesAllowed("edge")
    @Operation(
            summary = "The SCRAM-SHA-256 verifier of a login",
            description = "For an unknown or disabled account, or one without a password, a verifier that no password"
                    + " matches, the same each time, and no account")
    public ScramVerifier get(String login) {
        return database.transaction(connection -> read(connection, login));
    }

    private ScramVerifier read(Connection connection, String login) throws SQLException {
        Verifier decoy = new Decoy(store.decoyKey(connection), iterations).of(login);
        Optional<Login> name = Login.of(login);
        Optional<SignIn> account = name.isPresent() ? store.find(connection, name.get()) : Optional.empty();
        Optional<Verifier> stored = account.flatMap(SignIn::verifier);
        if (stored.isPresent() && account.get().enabled()) {
            return answer(stored.get(), stored.get(), name.map(Login::text), account.flatMap(SignIn::limits));
        }
        // A disabled account keeps its salt: who knew it before learns nothing from it.
        return answer(stored.orElse(decoy), decoy, Optional.empty(), Optional.empty());
    }

    private static ScramVerifier answer(
            Verifier salted, Verifier keys, Optional<String> account, Optional<Limits> limits) {
        return new ScramVerifier(
                salted.salt(), salted.iterations(), keys.storedKey(), keys.serverKey(), account, limits);
    }
}
