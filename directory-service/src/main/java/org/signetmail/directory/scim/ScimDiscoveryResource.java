package org.signetmail.directory.scim;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a SCIM client may expect (RFC 7644 section 4), as it stands in the files of resources/scim. */
@Path("/scim/v2")
@Produces({ScimUserResource.MEDIA_TYPE, "application/json"})
public class ScimDiscoveryResource {
    private final String serviceProviderConfig = file("service-provider-config");
    private final String resourceTypes = file("resource-types");
    private final String schemas = file("schemas");

    @GET
    @Path("ServiceProviderConfig")
    @RolesAllowed({"admin", "provisioning", "auditor"})
    @Operation(summary = "SCIM: what is supported")
    public String serviceProviderConfig() {
        return serviceProviderConfig;
    }

    @GET
    @Path("ResourceTypes")
    @RolesAllowed({"admin", "provisioning", "auditor"})
    @Operation(summary = "SCIM: the types of resources")
    public String resourceTypes() {
        return resourceTypes;
    }

    @GET
    @Path("Schemas")
    @RolesAllowed({"admin", "provisioning", "auditor"})
    @Operation(summary = "SCIM: the attributes of a user")
    public String schemas() {
        return schemas;
    }

    private static String file(String name) {
        try (InputStream file = ScimDiscoveryResource.class.getResourceAsStream("/scim/" + name + ".json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
