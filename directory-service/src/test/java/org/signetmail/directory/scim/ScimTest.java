package org.signetmail.directory.scim;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.authenticate;
import static org.signetmail.directory.parts.Client.json;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.parts.Parts;

/** As an identity provider talks to the running service. */
@QuarkusTest
@QuarkusTestResource(Parts.class)
class ScimTest {
    @Test
    void aUserIsCreatedChangedAndDeleted() {
        String tag = provider()
                .body(json("{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'userName':'scim-rest',"
                        + "'password':'scim-password','emails':[{'value':'rest@scim.test'}]}"))
                .post("/scim/v2/Users")
                .then()
                .statusCode(201)
                .contentType(containsString("application/scim+json"))
                .header("Location", endsWith("/scim/v2/Users/scim-rest"))
                .body("id", equalTo("scim-rest"))
                .body("password", nullValue())
                .body("meta.resourceType", equalTo("User"))
                .extract()
                .header("ETag");
        authenticate("scim-rest", "scim-password").body("authenticated", equalTo(true));
        provider()
                .header("If-Match", tag)
                .body(json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],"
                        + "'Operations':[{'op':'replace','path':'active','value':false}]}"))
                .patch("/scim/v2/Users/scim-rest")
                .then()
                .statusCode(200)
                .body("active", equalTo(false));
        provider()
                .queryParam("filter", "userName eq \"scim-rest\"")
                .get("/scim/v2/Users")
                .then()
                .statusCode(200)
                .body("totalResults", equalTo(1))
                .body("Resources.emails[0].value", contains("rest@scim.test"));
        provider().delete("/scim/v2/Users/scim-rest").then().statusCode(204);
        provider()
                .get("/scim/v2/Users/scim-rest")
                .then()
                .statusCode(404)
                .contentType(containsString("application/scim+json"))
                .body("schemas", contains("urn:ietf:params:scim:api:messages:2.0:Error"))
                .body("status", equalTo("404"));
    }

    @Test
    void whatIsSupportedIsSaid() {
        provider().get("/scim/v2/ServiceProviderConfig").then().statusCode(200).body("patch.supported", equalTo(true));
        provider().get("/scim/v2/ResourceTypes").then().body("Resources.endpoint", contains("/Users", "/Groups"));
        provider().get("/scim/v2/Schemas").then().body("Resources[0].attributes[0].name", equalTo("userName"));
    }

    private static RequestSpecification provider() {
        return as("provisioning").contentType("application/scim+json");
    }
}
