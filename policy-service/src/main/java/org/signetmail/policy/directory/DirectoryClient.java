package org.signetmail.policy.directory;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The one resource of directory-service that is asked here. */
@Path("/api/v1/accounts")
public interface DirectoryClient {
    @GET
    @Path("/{login}/originators")
    @Produces({MediaType.APPLICATION_JSON, DirectoryClient.PROBLEM_JSON})
    Response originators(
            @PathParam("login") String login, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);

    String PROBLEM_JSON = "application/problem+json"; // RFC 9457
}
