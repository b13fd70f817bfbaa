package org.signetmail.directory.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.utils.JsonUtils;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Accounts as SCIM 2.0 users, for identity providers (RFC 7644). */
@Path("/scim/v2/Users")
@Produces({ScimUserResource.MEDIA_TYPE, "application/json"})
@Consumes({ScimUserResource.MEDIA_TYPE, "application/json"})
@RunOnVirtualThread
public class ScimUserResource {
    static final String MEDIA_TYPE = "application/scim+json";
    private static final int CREATED = 201;
    private static final int OK = 200;

    private final Users users;

    ScimUserResource(Users users) {
        this.users = users;
    }

    @GET
    @RolesAllowed({"admin", "provisioning", "auditor"})
    @Operation(summary = "SCIM: users that match a filter")
    public String list(
            @RestQuery Optional<String> filter,
            @RestQuery @DefaultValue("1") long startIndex,
            @RestQuery @DefaultValue("100") int count,
            @RestQuery Optional<String> attributes,
            @RestQuery Optional<String> excludedAttributes,
            @Context UriInfo uri)
            throws ScimException {
        return users.search(Search.of(filter, startIndex, count), location(uri))
                .with(Attributes.of(attributes, excludedAttributes))
                .json()
                .toString();
    }

    @POST
    @RolesAllowed({"admin", "provisioning"})
    @Operation(summary = "SCIM: creates a user")
    public Response create(InputStream body, @Context UriInfo uri) throws ScimException {
        return answer(CREATED, users.create(ScimBody.read(body)), uri);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "provisioning", "auditor"})
    @Operation(summary = "SCIM: one user")
    public Response get(
            String id,
            @RestQuery Optional<String> attributes,
            @RestQuery Optional<String> excludedAttributes,
            @Context UriInfo uri)
            throws ScimException {
        return answer(OK, users.get(id), Attributes.of(attributes, excludedAttributes), uri);
    }

    @PUT
    @Path("{id}")
    @RolesAllowed({"admin", "provisioning"})
    @Operation(summary = "SCIM: replaces a user; without a password the credential stays")
    public Response replace(
            String id,
            InputStream body,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch,
            @Context UriInfo uri)
            throws ScimException {
        return answer(OK, users.replace(id, ScimBody.read(body), ifMatch), uri);
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed({"admin", "provisioning"})
    @Operation(summary = "SCIM: changes parts of a user")
    public Response patch(
            String id,
            InputStream body,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch,
            @Context UriInfo uri)
            throws ScimException {
        return answer(OK, users.patch(id, ScimBody.read(body), ifMatch), uri);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({"admin", "provisioning"})
    @Operation(summary = "SCIM: deletes a user")
    public void delete(String id, @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch) throws ScimException {
        users.delete(id, ifMatch);
    }

    /** RFC 7644 section 3.12; of this resource alone. */
    @ServerExceptionMapper
    public Response refused(ScimException refused) {
        return answer(refused);
    }

    static Response answer(ScimException refused) {
        return Response.status(refused.getScimError().getStatus())
                .type(MEDIA_TYPE)
                .entity(JsonUtils.valueToNode(refused.getScimError()).toString())
                .build();
    }

    private static Response answer(int status, StoredUser user, UriInfo uri) {
        return answer(status, user, Attributes.ALL, uri);
    }

    private static Response answer(int status, StoredUser user, Attributes attributes, UriInfo uri) {
        String location = location(uri);
        return Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.ETAG, user.tag())
                .header(HttpHeaders.LOCATION, location + "/" + user.account().login())
                .entity(attributes.of(UserMapping.json(user, location)).toString())
                .build();
    }

    private static String location(UriInfo uri) {
        return uri.getBaseUri().resolve("scim/v2/Users").toString();
    }
}
