package org.signetmail.directory.credential;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.InetAddress;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.signetmail.directory.DirectoryMetrics;
import org.signetmail.directory.DirectoryMetrics.Authentication;
import org.signetmail.directory.credential.CredentialStore.SignIn;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.limit.Limits;
import org.signetmail.directory.problem.Refused;

/**
 * Says whether a password belongs to an account. Unknown account, disabled account and wrong password get the same
 * answer after the same work.
 */
@Path("/api/v1/authentications")
@RunOnVirtualThread
public class AuthenticationResource {
    /**
     * What a client gave to the edge.
     *
     * @param client the address of the submitting host
     */
    public record Question(String login, Password password, Optional<String> client) {}

    /**
     * What all but {@code authenticated} is absent from unless it is true.
     *
     * @param account the account's login as it is stored
     */
    public record Answer(boolean authenticated, Optional<String> account, Optional<Limits> limits) {
        private static final Answer DENIED = new Answer(false, Optional.empty(), Optional.empty());
    }

    private final Database database;
    private final CredentialStore store;
    private final Scram scram;
    private final ForeignPasswords foreign;
    private final DirectoryMetrics metrics;

    public AuthenticationResource(
            Database database, CredentialStore store, Scram scram, ForeignPasswords foreign, DirectoryMetrics metrics) {
        this.database = database;
        this.store = store;
        this.scram = scram;
        this.foreign = foreign;
        this.metrics = metrics;
    }

    @POST
    @RolesAllowed("edge")
    @Operation(summary = "Checks a password")
    public Answer authenticate(Question question) {
        if (question == null || question.login() == null || question.password() == null) {
            throw Refused.invalid(null, "login and password are required");
        }
        question.client().ifPresent(AuthenticationResource::checkClient);
        Optional<Login> login = Login.of(question.login());
        Optional<SignIn> account = login.flatMap(name -> database.transaction(c -> store.find(c, name)));
        boolean matches = scram.matches(account.flatMap(SignIn::verifier), question.password());
        Optional<Boolean> elsewhere =
                login.filter(name -> account.isPresent()).flatMap(name -> foreign.matches(name, question.password()));
        Authentication result =
                judge(account, elsewhere.isPresent() || hasPassword(account), elsewhere.orElse(matches));
        metrics.authenticated(result);
        return result == Authentication.ACCEPTED
                ? new Answer(true, login.map(Login::text), account.flatMap(SignIn::limits))
                : Answer.DENIED;
    }

    private static void checkClient(String client) {
        try {
            InetAddress.ofLiteral(client);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("client", "This is no IP address");
        }
    }

    private static boolean hasPassword(Optional<SignIn> account) {
        return account.flatMap(SignIn::verifier).isPresent();
    }

    private static Authentication judge(Optional<SignIn> account, boolean hasPassword, boolean matches) {
        if (account.isEmpty()) {
            return Authentication.UNKNOWN_ACCOUNT;
        }
        if (!account.get().enabled()) {
            return Authentication.DISABLED_ACCOUNT;
        }
        if (!hasPassword) {
            return Authentication.NO_PASSWORD;
        }
        return matches ? Authentication.ACCEPTED : Authentication.WRONG_PASSWORD;
    }
}
