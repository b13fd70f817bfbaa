package org.signetmail.directory.scim;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.signetmail.directory.parts.Client.as;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.parts.Parts;

/** What Entra ID and Okta are known to send, written down from memory: not compared with their documentation. */
@QuarkusTest
@QuarkusTestResource(Parts.class)
class IdentityProvidersTest {
    private static final String USERS = "/scim/v2/Users";
    private static final String GROUPS = "/scim/v2/Groups";

    @Test
    void entraCreatesChangesAndDisablesAUser() {
        none(USERS, "userName eq \"entra.user@corp.test\"");
        post(USERS, """
                {
                    "schemas": [
                        "urn:ietf:params:scim:schemas:core:2.0:User",
                        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                    "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
                    "userName": "Entra.User@corp.test",
                    "active": true,
                    "emails": [{
                        "primary": true,
                        "type": "work",
                        "value": "entra.user@corp.test"
                    }],
                    "meta": {
                        "resourceType": "User"
                    },
                    "name": {
                        "formatted": "givenName familyName",
                        "familyName": "familyName",
                        "givenName": "givenName"
                    },
                    "roles": []
                }""").statusCode(201).body("emails[0].type", equalTo("work"));
        as("provisioning")
                .queryParam("filter", "externalId eq \"0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef\"")
                .queryParam("attributes", "id,userName")
                .get(USERS)
                .then()
                .body("totalResults", equalTo(1))
                .body("Resources[0].id", equalTo("entra.user@corp.test"))
                .body("Resources[0].emails", nullValue());
        patch(USERS + "/entra.user@corp.test", """
                {
                    "schemas": [
                        "urn:ietf:params:scim:api:messages:2.0:PatchOp"
                    ],
                    "Operations": [
                      {
                        "op": "Replace",
                        "path": "emails[type eq \\"work\\"].value",
                        "value": "updatedEmail@corp.test"
                      },
                      {
                        "op": "Replace",
                        "path": "name.familyName",
                        "value": "updatedFamilyName"
                      },
                      {
                        "op": "Replace",
                        "path": "phoneNumbers[type eq \\"work\\"].value",
                        "value": "0123"
                      },
                      {
                        "op": "Add",
                        "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
                        "value": "Sales"
                      }
                    ]
                }""")
                .statusCode(200)
                .body("emails.value", contains("updatedEmail@corp.test"));
        patch(USERS + "/entra.user@corp.test", """
                {
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                    "Operations": [{
                        "op": "Replace",
                        "value": {
                            "displayName": "Bjfe",
                            "emails[type eq \\"work\\"].value": "bjfe@corp.test",
                            "name.givenName": "B",
                            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "Sales"
                        }
                    }]
                }""")
                .statusCode(200)
                .body("displayName", equalTo("Bjfe"))
                .body("emails.value", contains("bjfe@corp.test"));
        patch(USERS + "/entra.user@corp.test", """
                {
                    "schemas": [
                        "urn:ietf:params:scim:api:messages:2.0:PatchOp"
                    ],
                    "Operations": [
                        {
                            "op": "Replace",
                            "path": "active",
                            "value": "False"
                        }
                    ]
                }""").statusCode(200).body("active", equalTo(false));
        as("admin")
                .get("/api/v1/accounts/entra.user@corp.test")
                .then()
                .body("enabled", equalTo(false))
                .body("addresses.address", contains("bjfe@corp.test"));
    }

    @Test
    void entraAddsAnAddressWhereThereIsNone() {
        post(USERS, "{\"userName\":\"entra.none\",\"emails\":[]}").statusCode(201);
        for (String op : new String[] {"Replace", "Add"}) {
            patch(USERS + "/entra.none", """
                    {
                        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                        "Operations": [{
                            "op": "%1$s",
                            "path": "emails[type eq \\"work\\"].value",
                            "value": "%1$s.none@corp.test"
                        }]
                    }""".formatted(op))
                    .statusCode(200)
                    .body("emails.value", contains(op + ".none@corp.test"));
        }
        patch(USERS + "/entra.none", """
                {
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                    "Operations": [{
                        "op": "Add",
                        "value": {"emails": [{"value": "new.none@corp.test", "primary": true}]}
                    }]
                }""")
                .statusCode(200)
                .body("emails.value", contains("Add.none@corp.test", "new.none@corp.test"))
                .body("emails.primary", contains(false, true));
    }

    @Test
    void oktaCreatesReplacesAndDisablesAUser() {
        none(USERS, "userName eq \"okta.user@corp.test\"");
        post(USERS, """
                {
                    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                    "userName": "okta.user@corp.test",
                    "name": {
                        "givenName": "Test",
                        "familyName": "User"
                    },
                    "emails": [{
                        "primary": true,
                        "value": "okta.user@corp.test",
                        "type": "work"
                    }],
                    "displayName": "Test User",
                    "locale": "en-US",
                    "externalId": "00ujl29u0le5T6Aj10h7",
                    "groups": [],
                    "password": "1mz050nq-1mz050nq",
                    "active": true
                }""").statusCode(201).body("id", equalTo("okta.user@corp.test"));
        as("provisioning")
                .contentType("application/scim+json")
                .body("""
                        {
                            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                            "id": "okta.user@corp.test",
                            "userName": "okta.user@corp.test",
                            "name": {
                                "givenName": "Another",
                                "middleName": "",
                                "familyName": "User"
                            },
                            "emails": [{
                                "primary": true,
                                "value": "another.user@corp.test",
                                "type": "work",
                                "display": "another.user@corp.test"
                            }],
                            "active": true,
                            "groups": [],
                            "meta": {
                                "resourceType": "User"
                            }
                        }""")
                .put(USERS + "/okta.user@corp.test")
                .then()
                .statusCode(200)
                .body("displayName", equalTo("Another User"))
                .body("emails.value", contains("another.user@corp.test"));
        patch(USERS + "/okta.user@corp.test", """
                {
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                    "Operations": [{
                        "op": "replace",
                        "value": {
                            "active": false
                        }
                    }]
                }""").statusCode(200).body("active", equalTo(false));
    }

    @Test
    void entraKeepsAGroup() {
        users("entra-a", "entra-b");
        none(GROUPS, "displayName eq \"Entra Display\"");
        String id = post(GROUPS, """
                {
                    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group", "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
                    "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
                    "displayName": "Entra Display",
                    "members": [],
                    "meta": {
                        "resourceType": "Group"
                    }
                }""").statusCode(201).extract().path("id");
        as("provisioning")
                .queryParam("excludedAttributes", "members")
                .queryParam("filter", "displayName eq \"entra display\"")
                .get(GROUPS)
                .then()
                .body("totalResults", equalTo(1))
                .body("Resources[0].members", nullValue())
                .body("Resources[0].externalId", equalTo("8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159"));
        patch(GROUPS + "/" + id, """
                {
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                    "Operations": [{
                        "op": "Replace",
                        "path": "displayName",
                        "value": "Entra Other"
                    }]
                }""").statusCode(204);
        patch(GROUPS + "/" + id, """
                {
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                    "Operations": [{
                        "op": "Add",
                        "path": "members",
                        "value": [{
                            "$ref": null,
                            "value": "entra-a"
                        },
                        {
                            "$ref": null,
                            "value": "entra-b"
                        }]
                    }]
                }""").statusCode(204);
        members(id, "entra-a", "entra-b");
        patch(GROUPS + "/" + id, """
                {
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                    "Operations": [{
                        "op": "Remove",
                        "path": "members",
                        "value": [{
                            "$ref": null,
                            "value": "entra-a"
                        }]
                    }]
                }""").statusCode(204);
        members(id, "entra-b");
        as("provisioning").delete(GROUPS + "/" + id).then().statusCode(204);
        as("provisioning").get(GROUPS + "/" + id).then().statusCode(404);
    }

    @Test
    void oktaKeepsAGroup() {
        users("okta-a", "okta-b");
        String id = post(GROUPS, """
                {
                    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
                    "displayName": "Okta SCIMv2",
                    "members": [{
                        "value": "okta-a",
                        "display": "okta-a"
                    }]
                }""").statusCode(201).extract().path("id");
        patch(GROUPS + "/" + id, """
                {
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                    "Operations": [{
                        "op": "replace",
                        "value": {
                            "id": "%s",
                            "displayName": "Okta SCIMv0"
                        }
                    }]
                }""".formatted(id)).statusCode(204);
        patch(GROUPS + "/" + id, """
                {
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                    "Operations": [{
                        "op": "remove",
                        "path": "members[value eq \\"okta-a\\"]"
                    }, {
                        "op": "add",
                        "path": "members",
                        "value": [{
                            "value": "okta-b",
                            "display": "okta-b"
                        }]
                    }]
                }""").statusCode(204);
        members(id, "okta-b");
        patch(GROUPS + "/" + id, """
                {
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                    "Operations": [{
                        "op": "replace",
                        "path": "members",
                        "value": [{
                            "value": "okta-a",
                            "display": "okta-a"
                        }]
                    }]
                }""").statusCode(204);
        members(id, "okta-a");
        as("provisioning")
                .queryParam("startIndex", 1)
                .queryParam("count", 100)
                .queryParam("filter", "displayName eq \"Okta SCIMv0\"")
                .get(GROUPS)
                .then()
                .body("Resources.id", contains(id))
                .body("Resources[0].members.value", contains("okta-a"));
    }

    private static void users(String... names) {
        for (String name : names) {
            post(USERS, "{\"userName\":\"" + name + "\"}").statusCode(201);
        }
    }

    private static void none(String path, String filter) {
        as("provisioning")
                .queryParam("filter", filter)
                .get(path)
                .then()
                .statusCode(200)
                .body("totalResults", equalTo(0))
                .body("Resources", empty());
    }

    private static void members(String id, String... members) {
        as("provisioning").get(GROUPS + "/" + id).then().body("members.value", containsInAnyOrder(members));
        as("admin")
                .get("/api/v1/groups/" + id.substring("group:".length()) + "/members")
                .then()
                .body("members", containsInAnyOrder(members));
    }

    private static ValidatableResponse post(String path, String body) {
        return provider().body(body).post(path).then();
    }

    private static ValidatableResponse patch(String path, String body) {
        return provider().body(body).patch(path).then();
    }

    private static RequestSpecification provider() {
        return as("provisioning").contentType("application/scim+json; charset=utf-8");
    }
}
