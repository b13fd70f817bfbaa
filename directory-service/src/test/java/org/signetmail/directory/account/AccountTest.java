package org.signetmail.directory.account;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.authenticate;
import static org.signetmail.directory.parts.Client.putAccount;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.directory.parts.Parts;

@QuarkusTest
@QuarkusTestResource(Parts.class)
class AccountTest {
    @Test
    void anAccountIsWrittenReadReplacedAndDeleted() {
        putAccount("ada", "{'displayName':'Ada','addresses':[{'address':'Ada@accounts.test','primary':true}]}")
                .statusCode(201);
        putAccount(
                        "ada",
                        "{'displayName':'Ada L.','enabled':false,'addresses':[{'address':'a@accounts.test'},"
                                + "{'address':'Ada@accounts.test','primary':true}]}")
                .statusCode(200);
        as("auditor")
                .get("/api/v1/accounts/ada")
                .then()
                .statusCode(200)
                .body("login", equalTo("ada"))
                .body("displayName", equalTo("Ada L."))
                .body("enabled", equalTo(false))
                .body("addresses.address", contains("a@accounts.test", "Ada@accounts.test"))
                .body("addresses.primary", contains(false, true));
        as("admin").delete("/api/v1/accounts/ada").then().statusCode(204);
        as("admin").get("/api/v1/accounts/ada").then().statusCode(404).contentType("application/problem+json");
        as("admin").delete("/api/v1/accounts/ada").then().statusCode(404);
    }

    @Test
    void anAddressOfAnotherAccountIsAConflict() {
        putAccount("first", "{'addresses':[{'address':'Owned@accounts.test','primary':true}]}")
                .statusCode(201);
        putAccount(
                        "second",
                        "{'addresses':[{'address':'own@accounts.test','primary':true},"
                                + "{'address':'oWNED@ACCOUNTS.test'}]}")
                .statusCode(409)
                .body("field", equalTo("addresses[1].address"))
                .body("status", equalTo(409))
                .body("title", equalTo("Conflict"))
                .body("type", equalTo("about:blank"))
                .body("detail", containsString("owned@accounts.test"));
        as("admin").get("/api/v1/accounts/second").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {'addresses':[{'address':'x@refused.test','primary':true},{'address':'x'}]}|addresses[1].address
        {'addresses':[{'address':'*@refused.test','primary':true}]}|addresses[0].address
        {'addresses':[{'address':'x@refused.test','primary':true},{'address':'X@refused.test'}]}|addresses[1].address
        {'addresses':[null]}|addresses[0].address
        {'addresses':[{'address':'x@refused.test'}]}|addresses
        {'addresses':[{'address':'x@refused.test','primary':true},{'address':'y@refused.test','primary':true}]}|addresses
        {'adresses':[]}|adresses
        {'login':'other'}|login
        {'password':''}|password
        {'password':'bell\\u0007'}|password
        {'enabled':'perhaps'}|enabled
        {'mode':'strict'}|mode
        {'limits':{'messagesPerHour':-1}}|limits.messagesPerHour
        {'limits':{'maxMessageSize':1.5}}|limits.maxMessageSize
        {'limits':{'maxConnections':'5'}}|limits.maxConnections
        {'limits':{'messagesPerWeek':5}}|limits.messagesPerWeek
        {'displayName':'a\\u0000b'}|displayName
        """)
    void aBadBodyIsRefusedWithTheFieldAtFault(String body, String field) {
        putAccount("refused", body).statusCode(400).body("field", equalTo(field));
        as("admin").get("/api/v1/accounts/refused").then().statusCode(404);
    }

    @Test
    void whatIsNoJsonIsRefusedWithoutRepeatingIt() {
        as("admin")
                .body("{\"password\":\"secret")
                .put("/api/v1/accounts/refused")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", not(containsString("secret")));
        as("admin").put("/api/v1/accounts/refused").then().statusCode(400);
    }

    @Test
    void loginsAreLimited() {
        putAccount("a*b", "{}").statusCode(400).body("field", equalTo("login"));
        putAccount("a".repeat(65), "{}").statusCode(400).body("field", equalTo("login"));
        putAccount("Some_one-1.x@y", "{}").statusCode(201).body("login", equalTo("some_one-1.x@y"));
        as("admin").get("/api/v1/accounts/SOME_one-1.x@y").then().statusCode(200);
    }

    @Test
    void thePasswordIsNeverReadAndStaysWhenItIsLeftOut() {
        putAccount("keeper", "{'password':'kept-password'}")
                .statusCode(201)
                .body("password", nullValue())
                .body("addresses.size()", equalTo(0));
        putAccount("keeper", "{'displayName':'Keeper'}").statusCode(200);
        as("admin").get("/api/v1/accounts/keeper").then().body("password", nullValue());
        authenticate("keeper", "kept-password").body("authenticated", equalTo(true));
        putAccount("keeper", "{'password':'other-password'}").statusCode(200);
        authenticate("keeper", "kept-password").body("authenticated", equalTo(false));
        authenticate("keeper", "other-password").body("authenticated", equalTo(true));
    }

    @Test
    void accountsAreListedPageByPageAndByQuery() {
        for (String login : new String[] {"list-a", "list-b", "list-c"}) {
            String address = "{'address':'" + login + "@listed.test','primary':true}";
            putAccount(login, "{'displayName':'Listed 100%','addresses':[" + address + "]}")
                    .statusCode(201);
        }
        String list = "/api/v1/accounts?limit=2&query=";
        as("admin")
                .get(list + "LISTED.test")
                .then()
                .body("accounts.login", contains("list-a", "list-b"))
                .body("accounts[0].addresses[0].address", equalTo("list-a@listed.test"))
                .body("next", equalTo("list-b"));
        as("admin")
                .get(list + "listed.test&after=list-b")
                .then()
                .body("accounts.login", contains("list-c"))
                .body("next", nullValue());
        as("admin")
                .queryParam("query", "100%")
                .get(list.replace("&query=", ""))
                .then()
                .body("accounts.size()", equalTo(2));
        as("admin")
                .queryParam("query", "1%0")
                .get(list.replace("&query=", ""))
                .then()
                .body("accounts.size()", equalTo(0));
        as("admin").get("/api/v1/accounts?limit=0").then().statusCode(400).body("field", equalTo("limit"));
        as("admin").get("/api/v1/accounts?limit=many").then().contentType("application/problem+json");
    }
}
