package org.signetmail.directory.credential;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.signetmail.directory.DirectoryMetrics;
import org.signetmail.directory.DirectoryMetrics.Authentication;
import org.signetmail.directory.credential.CredentialStore.SignIn;
import org.signetmail.directory.credential.PasswordCheck.Result;
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
     * @param login or {@code login+id}, which asks for the application password of that id
     * @param client the address of the submitting host
     */
    public record Question(String login, Password password, Optional<String> client) {}

    /**
     * What all but {@code authenticated} is absent from unless it is true.
     *
     * @param account the account's login as it is stored
     * @param credential id of the application password that it was; absent with the account's own password
     */
    public record Answer(
            boolean authenticated, Optional<String> account, Optional<String> credential, Optional<Limits> limits) {
        private static final Answer DENIED = new Answer(false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private final PasswordCheck passwords;
    private final DirectoryMetrics metrics;

    AuthenticationResource(PasswordCheck passwords, DirectoryMetrics metrics) {
        this.passwords = passwords;
        this.metrics = metrics;
    }

    @POST
    @RolesAllowed("edge")
    @Operation(summary = "Checks a password: the account's own, or an application password")
    public Answer authenticate(Question question) {
        if (question == null || question.login() == null) {
            throw Refused.invalid("login", "A login is required");
        }
        if (question.password() == null) {
            throw Refused.invalid("password", "A password is required");
        }
        Optional<UserName> name = UserName.of(question.login());
        Result result =
                passwords.check(name, question.password(), ApplicationPasswordResource.client(question.client()));
        metrics.authenticated(result.authentication());
        return result.authentication() == Authentication.ACCEPTED
                ? new Answer(
                        true,
                        name.map(user -> user.login().text()),
                        result.credential(),
                        result.account().flatMap(SignIn::limits))
                : Answer.DENIED;
    }
}
