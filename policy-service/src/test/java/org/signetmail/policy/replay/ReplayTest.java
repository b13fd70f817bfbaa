package org.signetmail.policy.replay;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.stack.Broker;
import org.signetmail.policy.stack.FakeDirectory;
import org.signetmail.policy.stack.Kafka;
import org.signetmail.policy.stack.PolicyStack;
import org.signetmail.policy.stack.Tokens;

/** A domain before it is enforced: what a replay says would be refused, and that what it proposes mends it. */
@QuarkusTest
@QuarkusTestResource(PolicyStack.class)
class ReplayTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOBODY_WAITS = null;

    FakeDirectory directory;
    Broker broker;
    Tokens tokens;

    private Kafka kafka;

    @BeforeEach
    void connect() {
        kafka = broker.connect();
    }

    @AfterEach
    void disconnect() {
        kafka.close();
    }

    @Test
    void whatEnforcingWouldRefuseIsListedWithTheGrantsThatMendIt() throws IOException {
        String domain = "roll-out.test";
        directory.accountInMode("ro-ann", "off", "ann@" + domain);
        directory.accountInMode("ro-ben", "report", "ben@" + domain);
        directory.accountInMode("ro-cid", "off", "cid@" + domain);
        directory.account("ro-eve", "eve@elsewhere.test");
        submit("ro-ann", "ann@" + domain, 3);
        submit("ro-ann", "news@" + domain, 4);
        submit("ro-ann", "sales@" + domain, 2);
        submit("ro-ben", "news@" + domain, 1);
        submit("ro-cid", "cid@" + domain, 5);
        submit("ro-eve", "forged@" + domain, 6);

        JsonNode result = replay("{'days':1,'mode':'enforce','domains':['%s']}".formatted(domain));
        assertEquals(15, result.get("judged").asInt());
        assertEquals(7, result.get("refused").asInt());
        assertEquals(7, result.at("/reasons/from").asInt());
        assertTrue(result.get("leftOut").asInt() >= 6);
        assertEquals(List.of("ro-ann", "ro-ben"), strings(result.get("accounts"), "/account"));
        assertEquals(6, result.at("/accounts/0/refused").asInt());
        assertEquals(
                List.of("news@" + domain, "sales@" + domain), strings(result.at("/accounts/0/faults"), "/address"));
        assertEquals(4, result.at("/accounts/0/faults/0/count").asInt());
        JsonNode mend = result.at("/accounts/0/faults/0/mend");
        assertEquals("send-as", mend.get("type").asText());
        assertEquals(0, result.get("moreAccounts").asInt());

        JsonNode mended = replay("""
                {'days':1,'mode':'enforce','domains':['%s'],'grants':[%s,
                  {'account':'ro-ann','type':'send-as','target':'*@%s'}],
                 'addresses':[]}""".formatted(domain, JSON.writeValueAsString(mend), domain));
        assertEquals(1, mended.get("refused").asInt());
        assertEquals(List.of("ro-ben"), strings(mended.get("accounts"), "/account"));

        JsonNode asItIs = replay("{'domains':['%s']}".formatted(domain));
        assertEquals(0, asItIs.get("refused").asInt());
    }

    @Test
    void addressesOfAccountsAndTargetsThatAreAccountsMayBeProposed() throws IOException {
        String domain = "proposals.test";
        directory.account("pr-ann", "ann@" + domain);
        directory.account("pr-desk", "desk@" + domain);
        submit("pr-ann", "desk@" + domain, 1);
        submit("pr-ann", "ann.b@" + domain, 1);
        assertEquals(
                2, replay("{'domains':['%s']}".formatted(domain)).get("refused").asInt());
        JsonNode mended = replay("""
                {'domains':['%s'],'grants':[{'account':'pr-ann','type':'send-as','target':'account:pr-desk'}],
                 'addresses':[{'account':'pr-ann','address':'ann.b@%s'}]}""".formatted(domain, domain));
        assertEquals(0, mended.get("refused").asInt());
        assertEquals(2, mended.get("judged").asInt());
    }

    @Test
    void anAccountIsAskedForOnceHoweverMuchItSubmitted() throws IOException {
        directory.account("on-ann", "ann@once.test");
        submit("on-ann", "ann@once.test", 50);
        int before = directory.calls("on-ann");
        assertEquals(50, replay("{'domains':['once.test']}").get("judged").asInt());
        assertEquals(before + 1, directory.calls("on-ann"));
    }

    @Test
    void withoutTheDirectoryThereIsNoResult() throws IOException {
        directory.account("wo-ann", "ann@without.test");
        submit("wo-ann", "ann@without.test", 1);
        directory.down();
        JsonNode last;
        try {
            last = replay("{}");
        } finally {
            directory.up();
        }
        assertFalse(last.get("done").asBoolean());
        assertEquals("directory-service is unreachable", last.get("detail").asText());
    }

    @Test
    void whatCannotBeJudgedIsAProblemThatNamesTheField() {
        refused("{'days':0}", "days");
        refused("{'days':32}", "days");
        refused("{'days':'many'}", "days");
        refused("{'mode':'strict'}", "mode");
        refused("{'domains':['no_domain..']}", "domains");
        refused("{'displayNameAddress':'hide'}", "displayNameAddress");
        refused("{'grants':[{'account':'a','type':'own','target':'x@y.test'}]}", "grants");
        refused("{'grants':[{'account':'a','type':'send-as','target':'nothing'}]}", "grants");
        refused("{'grants':[{'account':'a','type':'send-as','target':'account:no-such'}]}", "grants");
        refused("{'grants':[{'type':'send-as','target':'x@y.test'}]}", "grants");
        refused("{'addresses':[{'account':'a'}]}", "addresses");
        post("admin", "").then().statusCode(400).contentType(startsWith("application/problem+json"));
    }

    @Test
    void onlyAdministratorsAndAuditorsMayAsk() {
        post("policy", "{}").then().statusCode(403);
        post("edge", "{}").then().statusCode(403);
        given().contentType("application/json")
                .body("{}")
                .post("/api/v1/replays")
                .then()
                .statusCode(401);
    }

    private void submit(String account, String from, int times) {
        for (int i = 0; i < times; i++) {
            kafka.submit(account, from, Instant.now().minusSeconds(1), NOBODY_WAITS);
        }
    }

    private void refused(String body, String field) {
        post("admin", body.replace('\'', '"'))
                .then()
                .statusCode(400)
                .contentType(startsWith("application/problem+json"))
                .body("field", equalTo(field));
    }

    /** The last line. */
    private JsonNode replay(String body) throws IOException {
        String lines = post("auditor", body.replace('\'', '"'))
                .then()
                .statusCode(200)
                .contentType(startsWith("application/x-ndjson"))
                .extract()
                .asString();
        return JSON.readTree(lines.lines().toList().getLast());
    }

    private Response post(String role, String body) {
        return given().auth()
                .oauth2(tokens.withRole(role))
                .contentType("application/json")
                .body(body)
                .post("/api/v1/replays");
    }

    private static List<String> strings(JsonNode array, String pointer) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(entry -> entry.at(pointer).asText())
                .toList();
    }
}
