package org.signetmail.directory.grant;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.postGrant;
import static org.signetmail.directory.parts.Client.putAccount;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.directory.parts.Parts;

@QuarkusTest
@QuarkusTestResource(Parts.class)
class GrantTest {
    @BeforeEach
    void accounts() {
        as("admin").delete("/api/v1/accounts/grantee");
        putAccount("grantee", "{}").statusCode(201);
        putAccount("granted", "{}");
    }

    @Test
    void aGrantIsGivenListedAndWithdrawn() {
        String location = postGrant(
                        "{'account':'Grantee','type':'send-on-behalf','target':'Boss@grants.test',"
                                + "'validFrom':'2026-01-01T01:00:00+01:00','validUntil':'2099-01-01T00:00:00Z','reason':'vacation'}")
                .statusCode(201)
                .body("account", equalTo("grantee"))
                .body("target", equalTo("Boss@grants.test"))
                .body("validFrom", equalTo("2026-01-01T00:00:00.000Z"))
                .body("reason", equalTo("vacation"))
                .body("grantedBy", equalTo("admin"))
                .body("grantedAt", notNullValue())
                .extract()
                .header("Location");
        String id = location.substring(location.lastIndexOf('/') + 1);
        as("auditor")
                .get("/api/v1/grants?account=grantee")
                .then()
                .body("grants.id", contains(id))
                .body("grants.type", contains("send-on-behalf"))
                .body("next", nullValue());
        as("admin").delete(location).then().statusCode(204);
        as("admin").delete(location).then().statusCode(404);
        as("admin").delete("/api/v1/grants/none").then().statusCode(404);
    }

    @Test
    void theSameGrantIsNotGivenTwice() {
        String grant = "{'account':'grantee','type':'send-as','target':'%s@grants.test'}";
        String id =
                postGrant(grant.formatted("twice")).statusCode(201).extract().path("id");
        postGrant(grant.formatted("TWICE"))
                .statusCode(200)
                .header("Location", endsWith("/grants/" + id))
                .body("id", equalTo(id));
        postGrant(grant.formatted("twice").replace("}", ",'validUntil':'2099-01-01T00:00:00Z'}"))
                .statusCode(201);
        String bound =
                grant.formatted("twice").replace("}", ",'networks':['::/0','192.0.2.0/24'],'credentials':['c']}");
        postGrant(bound).statusCode(201).body("networks", contains("0:0:0:0:0:0:0:0/0", "192.0.2.0/24"));
        postGrant(bound.replace("'::/0','192.0.2.0/24'", "'192.0.2.0/24','0::0/0'"))
                .statusCode(200);
        postGrant(bound.replace("'c'", "'d'")).statusCode(201);
    }

    @Test
    void grantsAreFilteredByTargetAndPaged() {
        postGrant("{'account':'grantee','type':'send-as','target':'*@B\u00fccher.test'}")
                .statusCode(201);
        postGrant("{'account':'grantee','type':'send-as','target':'account:GRANTED'}")
                .statusCode(201);
        as("admin")
                .queryParam("target", "*@xn--bcher-kva.test")
                .get("/api/v1/grants")
                .then()
                .body("grants.target", contains("*@B\u00fccher.test"));
        as("admin")
                .get("/api/v1/grants?target=account:granted")
                .then()
                .body("grants.target", contains("account:granted"));
        String next = as("admin")
                .get("/api/v1/grants?account=grantee&limit=1")
                .then()
                .body("grants.size()", equalTo(1))
                .extract()
                .path("next");
        as("admin")
                .get("/api/v1/grants?account=grantee&limit=2&after=" + next)
                .then()
                .body("grants.target", contains("account:granted"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'account':'nobody','type':'send-as','target':'x@grants.test'}|account
                    {'type':'send-as','target':'x@grants.test'}|account
                    {'account':'grantee','target':'x@grants.test'}|type
                    {'account':'grantee','type':'send-all','target':'x@grants.test'}|type
                    {'account':'grantee','type':'send-as'}|target
                    {'account':'grantee','type':'send-as','target':'x'}|target
                    {'account':'grantee','type':'send-as','target':'*@'}|target
                    {'account':'grantee','type':'send-as','target':'*@*.test'}|target
                    {'account':'grantee','type':'send-as','target':'account:nobody'}|target
                    {'account':'grantee','type':'send-as','target':'account:no*body'}|target
                    {'account':'group:nobody','type':'send-as','target':'x@grants.test'}|account
                    {'account':'group:no*body','type':'send-as','target':'x@grants.test'}|account
                    {'account':'grantee','type':'send-as','target':'group:nobody'}|target
                    {'account':'grantee','type':'send-as','target':'group:'}|target
                    {'account':'grantee','type':'send-as','target':'x@y.test','networks':[]}|networks
                    {'account':'grantee','type':'send-as','target':'x@y.test','networks':['::/0','192.0.2.1/24']}|networks[1]
                    {'account':'grantee','type':'send-as','target':'x@y.test','credentials':[]}|credentials
                    {'account':'grantee','type':'send-as','target':'x@y.test','credentials':['a b']}|credentials[0]
                    {'account':'group:some','type':'send-as','target':'x@y.test','credentials':['c1']}|credentials
                    {'account':'grantee','type':'send-as','target':'x@y.test','validFrom':'soon'}|validFrom
                    {'account':'grantee','type':'send-as','target':'x@y.test','validFrom':'2026-01-02T00:00:00Z','validUntil':'2026-01-02T00:00:00Z'}|validUntil
                    {'account':'grantee','type':'send-as','target':'x@y.test','valid':'always'}|valid
                    """)
    void aBadGrantIsRefusedWithTheFieldAtFault(String body, String field) {
        postGrant(body).statusCode(400).body("field", equalTo(field));
    }
}
