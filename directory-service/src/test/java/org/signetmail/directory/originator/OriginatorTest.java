package org.signetmail.directory.originator;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.json;
import static org.signetmail.directory.parts.Client.originators;
import static org.signetmail.directory.parts.Client.postGrant;
import static org.signetmail.directory.parts.Client.put;
import static org.signetmail.directory.parts.Client.putAccount;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.parts.Parts;

@QuarkusTest
@QuarkusTestResource(Parts.class)
class OriginatorTest {
    /** The whole document, as policy-service reads it; ids and version vary. */
    @Test
    void theAnswerIsTheOneOfTheContract() throws JsonProcessingException {
        put("/api/v1/domains/who.test", "{'subaddressDelimiter':'+','mode':'report'}")
                .statusCode(201);
        put("/api/v1/domains/lists.who.test", "{'caseSensitiveLocalPart':true}").statusCode(201);
        putAccount("who-support", "{'addresses':[{'address':'Support@who.test','primary':true}]}")
                .statusCode(201);
        putAccount("who-bob", "{'addresses':[{'address':'b@who.test'},{'address':'bob@who.test','primary':true}]}")
                .statusCode(201);
        String[] grants = {
            "'type':'send-as','target':'account:who-support','validUntil':'2099-01-01T00:00:00Z'",
            "'type':'send-as','target':'*@Lists.who.test'",
            "'type':'send-on-behalf','target':'alice@elsewhere.test'",
            "'type':'send-as','target':'past@who.test','validUntil':'2020-01-01T00:00:00Z'",
            "'type':'send-as','target':'future@who.test','validFrom':'2098-01-01T00:00:00Z'"
        };
        for (String grant : grants) {
            postGrant("{'account':'who-bob'," + grant + "}").statusCode(201);
        }
        postGrant("{'account':'who-support','type':'send-as','target':'never@who.test'}")
                .statusCode(201);
        var mapper = new ObjectMapper();
        String answer = originators("who-bob")
                .extract()
                .asString()
                .replaceAll("\"grantId\":\"[0-9]+\"", "\"grantId\":\"N\"")
                .replaceAll("\"version\":[0-9]+", "\"version\":0");
        assertEquals(mapper.readTree(json("""
            {'account':'who-bob','enabled':true,'version':0,'mode':'report','primaryAddress':'bob@who.test',
             'addresses':[{'address':'bob@who.test','use':'own','source':'primary'},
               {'address':'b@who.test','use':'own','source':'secondary'},
               {'address':'Support@who.test','use':'send-as','source':'grant','grantId':'N',
                'validUntil':'2099-01-01T00:00:00.000Z'},
               {'address':'*@Lists.who.test','use':'send-as','source':'grant','grantId':'N'},
               {'address':'alice@elsewhere.test','use':'send-on-behalf','source':'grant','grantId':'N'},
               {'address':'future@who.test','use':'send-as','source':'grant','grantId':'N',
                'validFrom':'2098-01-01T00:00:00.000Z'}],
             'domains':[{'domain':'lists.who.test','caseSensitiveLocalPart':true},
               {'domain':'who.test','subaddressDelimiter':'+','caseSensitiveLocalPart':false}],
             'credentials':[]}
            """)), mapper.readTree(answer));
    }

    @Test
    void theModeOfTheAccountGoesBeforeThatOfItsDomain() {
        put("/api/v1/domains/mode.test", "{'mode':'report'}").statusCode(201);
        String account = "{'addresses':[{'address':'x@mode.test','primary':true}]%s}";
        putAccount("moded", account.formatted(",'mode':'off'")).statusCode(201).body("mode", equalTo("off"));
        originators("moded").body("mode", equalTo("off"));
        putAccount("moded", account.formatted("")).statusCode(200);
        originators("moded").body("mode", equalTo("report"));
    }

    @Test
    void anAccountWithoutAddressesMayUseNothing() {
        putAccount("bare", "{'enabled':false}").statusCode(201);
        originators("bare")
                .statusCode(200)
                .body("enabled", equalTo(false))
                .body("mode", equalTo("enforce"))
                .body("primaryAddress", nullValue())
                .body("addresses", empty())
                .body("domains", empty());
        originators("no-such-account").statusCode(404).contentType("application/problem+json");
        originators("no*account").statusCode(404);
    }

    @Test
    void theVersionIsAnEntityTag() {
        putAccount("tagged", "{}").statusCode(201);
        String path = "/api/v1/accounts/tagged/originators";
        String tag = originators("tagged").extract().header("ETag");
        assertEquals("\"" + version("tagged") + "\"", tag);
        as("policy")
                .header("If-None-Match", tag)
                .get(path)
                .then()
                .statusCode(304)
                .header("ETag", tag)
                .body(equalTo(""));
        as("policy").header("If-None-Match", "\"0\"").get(path).then().statusCode(200);
    }

    @Test
    void theVersionRisesWithWhateverTheAccountMayUse() {
        putAccount("v-shared", "{'addresses':[{'address':'shared@v.test','primary':true}]}")
                .statusCode(201);
        putAccount("v-user", "{'addresses':[{'address':'user@v.test','primary':true}]}")
                .statusCode(201);
        long before = version("v-user");
        String id = postGrant("{'account':'v-user','type':'send-as','target':'account:v-shared'}")
                .extract()
                .path("id");
        before = risen("v-user", before);
        putAccount("v-shared", "{'addresses':[{'address':'new@v.test','primary':true}]}")
                .statusCode(200);
        before = risen("v-user", before);
        originators("v-user").body("addresses.address", contains("user@v.test", "new@v.test"));
        put("/api/v1/domains/v.test", "{'mode':'off'}").statusCode(201);
        before = risen("v-user", before);
        as("admin").delete("/api/v1/domains/v.test").then().statusCode(204);
        before = risen("v-user", before);
        as("admin").delete("/api/v1/grants/" + id).then().statusCode(204);
        before = risen("v-user", before);
        putAccount("v-user", "{'enabled':false}").statusCode(200);
        before = risen("v-user", before);
        as("admin").delete("/api/v1/accounts/v-user").then().statusCode(204);
        putAccount("v-user", "{}").statusCode(201);
        risen("v-user", before);
    }

    @Test
    void deletingAnAccountWithdrawsTheGrantsOnIt() {
        putAccount("gone", "{'addresses':[{'address':'gone@gone.test','primary':true}]}")
                .statusCode(201);
        putAccount("left", "{}").statusCode(201);
        postGrant("{'account':'left','type':'send-as','target':'account:gone'}").statusCode(201);
        long before = version("left");
        as("admin").delete("/api/v1/accounts/gone").then().statusCode(204);
        risen("left", before);
        originators("left").body("addresses", empty());
    }

    private static long risen(String login, long before) {
        long now = version(login);
        assertTrue(now > before, login + " stayed at version " + before);
        return now;
    }

    private static long version(String login) {
        return originators(login).statusCode(200).extract().jsonPath().getLong("version");
    }
}
