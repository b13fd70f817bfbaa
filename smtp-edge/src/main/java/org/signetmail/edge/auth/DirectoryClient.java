package org.signetmail.edge.auth;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What the edge asks directory-service (deploy/contract/openapi/directory-service.yaml). */
@RegisterRestClient
@Path("/api/v1")
interface DirectoryClient {
    @POST
    @Path("/authentications")
    Answer authenticate(@HeaderParam("Authorization") String authorization, Question question);

    /** Always there: a decoy where nobody can sign in. */
    @GET
    @Path("/accounts/{login}/scram-verifier")
    ScramVerifier verifier(
            @HeaderParam("Authorization") String authorization,
            @PathParam("login") String login,
            @QueryParam("client") String client);

    /** After a sign-in that the directory did not check itself. */
    @POST
    @Path("/accounts/{login}/credentials/{id}/uses")
    void used(
            @HeaderParam("Authorization") String authorization,
            @PathParam("login") String login,
            @PathParam("id") String id,
            Use use);

    /** 404 unless there is such an account and it is enabled. */
    @GET
    @Path("/accounts/{login}/submitter")
    Submitter submitter(@HeaderParam("Authorization") String authorization, @PathParam("login") String login);

    /** @param client IP address of the submitting host */
    record Question(String login, String password, String client) {
        @Override
        public String toString() {
            return "Question[login=" + login + "]";
        }
    }

    /** @param client IP address of the submitting host */
    record Use(String client) {}

    /** @param authenticated null when the body does not say */
    record Answer(
            Boolean authenticated,
            Optional<String> account,
            Optional<String> credential,
            Optional<AccountLimits> limits) {}

    /** An account that signed in by other means than a password. */
    record Submitter(Optional<String> account, Optional<AccountLimits> limits) {}
}
