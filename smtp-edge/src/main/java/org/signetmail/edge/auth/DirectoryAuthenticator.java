package org.signetmail.edge.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.EdgeMetrics.AuthResult;

/** Asks directory-service. Whatever is not a clear answer is {@link Authentication.Unavailable}, never a denial. */
@ApplicationScoped
class DirectoryAuthenticator implements Authenticator {
    private static final Logger LOG = Logger.getLogger(DirectoryAuthenticator.class);

    private final DirectoryClient directory;
    private final EdgeMetrics metrics;

    DirectoryAuthenticator(@RestClient DirectoryClient directory, EdgeMetrics metrics) {
        this.directory = directory;
        this.metrics = metrics;
    }

    @Override
    public Authentication authenticate(Credentials credentials) {
        Authentication result = ask(credentials);
        metrics.authentication(
                switch (result) {
                    case Authentication.Granted _ -> AuthResult.GRANTED;
                    case Authentication.Denied() -> AuthResult.DENIED;
                    case Authentication.Unavailable() -> AuthResult.UNAVAILABLE;
                });
        return result;
    }

    private Authentication ask(Credentials credentials) {
        try {
            var answer =
                    directory.authenticate(new DirectoryClient.Question(credentials.login(), credentials.password()));
            if (!answer.authenticated()) {
                return new Authentication.Denied();
            }
            return answer.account()
                    .<Authentication>map(Authentication.Granted::new)
                    .orElseGet(Authentication.Unavailable::new);
        } catch (WebApplicationException | ProcessingException e) {
            LOG.warnf("directory-service did not check a sign-in: %s", e.getMessage());
            return new Authentication.Unavailable();
        }
    }
}
