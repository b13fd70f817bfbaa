package org.signetmail.policy.directory;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The one resource of directory-service that is written here. */
@Path("/api/v1/accounts")
public interface SuspensionClient {
    @PUT
    @Path("/{login}/suspension")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, DirectoryClient.PROBLEM_JSON})
    Response suspend(
            @PathParam("login") String login, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, Body body);

    /** @param reason what people read */
    record Body(String reason) {}
}
