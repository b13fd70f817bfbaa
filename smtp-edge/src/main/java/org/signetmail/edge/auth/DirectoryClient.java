package org.signetmail.edge.auth;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The one call that the edge makes to directory-service (deploy/contract/openapi/directory-service.yaml). */
@RegisterRestClient
@Path("/api/v1")
interface DirectoryClient {
    @POST
    @Path("/authentications")
    Answer authenticate(@HeaderParam("Authorization") String authorization, Question question);

    /** @param client IP address of the submitting host */
    record Question(String login, String password, String client) {
        @Override
        public String toString() {
            return "Question[login=" + login + "]";
        }
    }

    /** @param authenticated null when the body does not say */
    record Answer(
            Boolean authenticated,
            Optional<String> account,
            Optional<String> credential,
            Optional<AccountLimits> limits) {}
}
