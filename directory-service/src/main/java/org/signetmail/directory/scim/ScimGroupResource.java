package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
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

/** Groups as SCIM 2.0 groups, for identity providers (RFC 7644). */
@Path("/scim/v2/Groups")
@Produces({ScimUserResource.MEDIA_TYPE, "application/json"})
@Consumes({ScimUserResource.MEDIA_TYPE, "application/json"})
@RunOnVirtualThread
public class ScimGroupResource {
    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final Groups groups;

    ScimGroupResource(Groups groups) {
        this.groups = groups;
    }

    @GET
    @RolesAllowed({"admin", "provisioning", "auditor"})
    @Operation(summary = "SCIM: groups that match a filter")
    public String list(
            @RestQuery Optional<String> filter,
            @RestQuery @DefaultValue("1") long startIndex,
            @RestQuery @DefaultValue("100") int count,
            @RestQuery Optional<String> attributes,
            @RestQuery Optional<String> excludedAttributes,
            @Context UriInfo uri)
            throws ScimException {
        Attributes wanted = Attributes.of(attributes, excludedAttributes);
        return groups.search(Search.of(filter, startIndex, count), wanted, location(uri))
                .with(wanted)
                .json()
                .toString();
    }

    @POST
    @RolesAllowed({"admin", "provisioning"})
    @Operation(summary = "SCIM: creates a group")
    public Response create(InputStream body, @Context UriInfo uri) throws ScimException {
        return answer(CREATED, groups.create(ScimBody.read(body)).id(), Attributes.ALL, uri);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"admin", "provisioning", "auditor"})
    @Operation(summary = "SCIM: one group with its members")
    public Response get(
            String id,
            @RestQuery Optional<String> attributes,
            @RestQuery Optional<String> excludedAttributes,
            @Context UriInfo uri)
            throws ScimException {
        return answer(OK, id, Attributes.of(attributes, excludedAttributes), uri);
    }

    @PUT
    @Path("{id}")
    @RolesAllowed({"admin", "provisioning"})
    @Operation(summary = "SCIM: replaces a group and its members; its addresses stay")
    public Response replace(
            String id,
            InputStream body,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch,
            @Context UriInfo uri)
            throws ScimException {
        return answer(OK, groups.replace(id, ScimBody.read(body), ifMatch).id(), Attributes.ALL, uri);
    }

    /** Without a body, as its members may be very many; RFC 7644 section 3.5.2 wants one where attributes are asked for. */
    @PATCH
    @Path("{id}")
    @RolesAllowed({"admin", "provisioning"})
    @Operation(summary = "SCIM: changes members or names of a group; 204, unless attributes are asked for")
    public Response patch(
            String id,
            InputStream body,
            @RestQuery Optional<String> attributes,
            @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch,
            @Context UriInfo uri)
            throws ScimException {
        StoredGroup patched = groups.patch(id, ScimBody.read(body), ifMatch);
        return attributes.isPresent()
                ? answer(OK, id, Attributes.of(attributes, Optional.empty()), uri)
                : Response.status(NO_CONTENT)
                        .header(HttpHeaders.ETAG, patched.tag())
                        .build();
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({"admin", "provisioning"})
    @Operation(summary = "SCIM: deletes a group with its addresses, and the grants to it and on it")
    public void delete(String id, @HeaderParam(HttpHeaders.IF_MATCH) Optional<String> ifMatch) throws ScimException {
        groups.delete(id, ifMatch);
    }

    /** RFC 7644 section 3.12; of this resource alone. */
    @ServerExceptionMapper
    public Response refused(ScimException refused) {
        return ScimUserResource.answer(refused);
    }

    private Response answer(int status, String id, Attributes attributes, UriInfo uri) throws ScimException {
        ObjectNode group = groups.json(id, attributes.wants(GroupMapping.MEMBERS), location(uri));
        String tag = group.at("/meta/version").asText();
        String self = group.at("/meta/location").asText();
        return Response.status(status)
                .type(ScimUserResource.MEDIA_TYPE)
                .header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.LOCATION, self)
                .entity(attributes.of(group).toString())
                .build();
    }

    private static String location(UriInfo uri) {
        return uri.getBaseUri().resolve("scim/v2/Groups").toString();
    }
}
