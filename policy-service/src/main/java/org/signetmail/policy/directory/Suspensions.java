package org.signetmail.policy.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status.Family;
import org.jboss.logging.Logger;
import org.signetmail.policy.operation.PolicyConfig;

/** Has directory-service suspend an account; its change feed tells every pod. */
@ApplicationScoped
public class Suspensions {
    private static final Logger LOG = Logger.getLogger(Suspensions.class);

    private final DirectoryConnection connection;
    private final String authorization;

    Suspensions(PolicyConfig config, DirectoryConnection connection) {
        this.connection = connection;
        authorization = "Bearer " + config.directory().token();
    }

    /** False when it is not, and why is in the log. */
    public boolean suspend(String account, String reason) {
        try (Response response =
                connection.suspensions().suspend(account, authorization, new SuspensionClient.Body(reason))) {
            if (response.getStatusInfo().getFamily() == Family.SUCCESSFUL) {
                return true;
            }
            LOG.errorf("Account %s was not suspended: directory-service answered %d", account, response.getStatus());
        } catch (RuntimeException e) { // what the REST client throws has no narrower type
            LOG.errorf("Account %s was not suspended: %s", account, e);
        }
        return false;
    }
}
