package org.signetmail.directory.credential;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.credential.ApplicationPasswordStore.Known;
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
     * @param credential id of the application password that the name asked for
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record ScramVerifier(
            byte[] salt,
            int iterations,
            byte[] storedKey,
            byte[] serverKey,
            Optional<String> account,
            Optional<String> credential,
            Optional<Limits> limits) {}

    private final Database database;
    private final CredentialStore store;
    private final ApplicationPasswordStore applications;
    private final int iterations;

    public VerifierResource(
            Database database, CredentialStore store, ApplicationPasswordStore applications, DirectoryConfig config) {
        this.database = database;
        this.store = store;
        this.applications = applications;
        this.iterations = config.scram().iterations();
    }

    @GET
    @RolesAllowed("edge")
    @Operation(
            summary = "The SCRAM-SHA-256 verifier of a login, or of the application password that login+id names",
            description = "For an unknown or disabled account, one without a password, or an application password that"
                    + " does not count now or from this client, a verifier that no password matches, the same each"
                    + " time, and no account")
    public ScramVerifier get(String login, @RestQuery Optional<String> client) {
        Optional<InetAddress> host = ApplicationPasswordResource.client(client);
        return database.snapshot(connection -> read(connection, login, host));
    }

    private ScramVerifier read(Connection connection, String login, Optional<InetAddress> client) throws SQLException {
        Verifier decoy = new Decoy(store.decoyKey(connection), iterations).of(login);
        Optional<UserName> name = UserName.of(login);
        if (name.isEmpty()) {
            return closed(Optional.empty(), decoy);
        }
        Optional<SignIn> account = store.find(connection, name.get().login());
        Optional<String> credential = name.get().credential();
        Optional<Known> application = credential.isPresent()
                ? applications.find(connection, name.get().login(), credential.get())
                : Optional.empty();
        Optional<Verifier> stored =
                credential.isPresent() ? application.map(Known::verifier) : account.flatMap(SignIn::verifier);
        boolean open = account.map(SignIn::enabled).orElse(false)
                && application.map(known -> counts(known, client)).orElse(true);
        return open && stored.isPresent()
                ? answer(
                        stored.get(),
                        stored.get(),
                        Optional.of(name.get().login().text()),
                        credential,
                        account.flatMap(SignIn::limits))
                : closed(stored, decoy);
    }

    private static boolean counts(Known known, Optional<InetAddress> client) {
        return !known.password().isExpired(Instant.now()) && known.password().countsFrom(client);
    }

    /** What was open before keeps its salt: who knew it learns nothing from it. */
    private static ScramVerifier closed(Optional<Verifier> stored, Verifier decoy) {
        return answer(stored.orElse(decoy), decoy, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static ScramVerifier answer(
            Verifier salted,
            Verifier keys,
            Optional<String> account,
            Optional<String> credential,
            Optional<Limits> limits) {
        return new ScramVerifier(
                salted.salt(), salted.iterations(), keys.storedKey(), keys.serverKey(), account, credential, limits);
    }
}
