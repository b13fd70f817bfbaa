package org.signetmail.edge.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.jboss.logging.Logger;
import org.signetmail.edge.EdgeConfig;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.EdgeMetrics.AuthResult;

/** Asks directory-service. Whatever is not a clear answer is {@link Authentication.Unavailable}, never a denial. */
@ApplicationScoped
class DirectoryAuthenticator implements Authenticator {
    private static final Logger LOG = Logger.getLogger(DirectoryAuthenticator.class);

    private final DirectoryClient directory;
    private final String authorization;
    private final EdgeMetrics metrics;

    @Inject
    DirectoryAuthenticator(EdgeConfig config, EdgeMetrics metrics) {
        this(
                URI.create(config.directory().url()),
                config.directory().token(),
                config.directory().timeout(),
                metrics);
    }

    /** @param timeout to connect, and again for the answer */
    DirectoryAuthenticator(URI url, String token, Duration timeout, EdgeMetrics metrics) {
        this.directory = RestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .build(DirectoryClient.class);
        this.authorization = "Bearer " + token;
        this.metrics = metrics;
    }

    @Override
    public Authentication authenticate(Credentials credentials, InetAddress client) {
        Authentication result = ask(credentials, client);
        metrics.authentication(
                switch (result) {
                    case Authentication.Granted _ -> AuthResult.GRANTED;
                    case Authentication.Denied() -> AuthResult.DENIED;
                    case Authentication.Unavailable() -> AuthResult.UNAVAILABLE;
                });
        return result;
    }

    private Authentication ask(Credentials credentials, InetAddress client) {
        DirectoryClient.Answer answer;
        try {
            answer = directory.authenticate(
                    authorization,
                    new DirectoryClient.Question(credentials.login(), credentials.password(), client.getHostAddress()));
        } catch (RuntimeException e) { // status, connection, timeout, and what a body may be instead of JSON
            LOG.warnf("directory-service did not check a sign-in: %s", e.getMessage());
            return new Authentication.Unavailable();
        }
        if (answer == null || answer.authenticated() == null) { // 204, or a body of something else
            LOG.warn("directory-service did not check a sign-in: its answer says nothing");
            return new Authentication.Unavailable();
        }
        if (!answer.authenticated()) {
            return new Authentication.Denied();
        }
        return answer.account()
                .<Authentication>map(account -> new Authentication.Granted(
                        account, answer.credential(), answer.limits().orElse(AccountLimits.NONE)))
                .orElseGet(Authentication.Unavailable::new);
    }
}
