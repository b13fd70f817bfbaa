package org.signetmail.edge.auth;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The one call that the edge makes to directory-service (deploy/contract/openapi/directory-service.yaml). */
@RegisterRestClient(configKey = "directory")
@ClientHeaderParam(name = "Authorization", value = "Bearer ${signet.directory.token}")
@Path("/api/v1")
interface DirectoryClient {
    @POST
    @Path("/authentications")
    Answer authenticate(Question question);

    record Question(String login, String password) {
        @Override
        public String toString() {
            return "Question[login=" + login + "]";
        }
    }

    record Answer(boolean authenticated, Optional<String> account) {}
}
