package org.signetmail.policy.explain;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.stack.FakeDirectory;
import org.signetmail.policy.stack.PolicyStack;
import org.signetmail.policy.stack.Tokens;

/** What a postmaster reads, and who may read it. */
@QuarkusTest
@QuarkusTestResource(PolicyStack.class)
class ExplanationResourceTest {
    private static final String HONEST =
            "{\"account\":\"erin\",\"mailFrom\":\"erin@example.test\",\"from\":[\"erin@example.test\"]}";

    FakeDirectory directory;
    Tokens tokens;

    @BeforeEach
    void erinHasTwoAddresses() {
        directory.account("erin", "erin@example.test", "erin.b@example.test");
    }

    @Test
    void anHonestMessagePassesEveryRule() {
        explain("admin", HONEST)
                .statusCode(200)
                .body("outcome", equalTo("accept"))
                .body("mode", equalTo("enforce"))
                .body("directoryVersion", equalTo(42))
                .body("violation", nullValue())
                .body(
                        "rules.rule",
                        contains("suspended", "form", "envelope", "from", "sender", "resent", "display-name"))
                .body("rules.outcome", everyItem(equalTo("pass")))
                .body("addresses.address", contains("erin@example.test", "erin.b@example.test"))
                .body("addresses.source", contains("primary", "secondary"))
                .body("addresses.countsNow", everyItem(equalTo(true)));
    }

    @Test
    void aForgedOneIsToldRuleByRule() {
        explain("auditor", """
            {"account":"erin","mailFrom":"ceo@example.test","from":["erin@example.test"],
             "resentFrom":["cfo@example.test"],"unknown":1}\
            """)
                .statusCode(200)
                .body("outcome", equalTo("reject"))
                .body("violation.reason", equalTo("envelope"))
                .body("violation.address", equalTo("ceo@example.test"))
                .body("rules.outcome", contains("pass", "pass", "violation", "pass", "pass", "violation", "pass"))
                .body("rules[5].address", equalTo("cfo@example.test"))
                .body("rules[5].words", equalTo("The account may not use this address"));
    }

    @Test
    void itNamesTheGrantsThatWouldMendIt() {
        explain("admin", """
            {"account":"erin","mailFrom":"ceo@example.test","from":["cfo@example.test"]}\
            """)
                .statusCode(200)
                .body("mend.grants.target", contains("ceo@example.test", "cfo@example.test"))
                .body("mend.grants.account", everyItem(equalTo("erin")))
                .body("mend.suffices", equalTo(true));
        explain("admin", HONEST).body("mend", nullValue());
        explain("admin", """
            {"account":"erin","malformed":{"field":"From","detail":"Two From fields"}}\
            """)
                .body("violation.detail", equalTo("Two From fields"))
                .body("mend.grants", empty())
                .body("mend.suffices", equalTo(false));
    }

    @Test
    void hostAndCredentialCount() {
        directory.answer("fax", """
            {"account":"fax","enabled":true,"version":7,"mode":"enforce","primaryAddress":"fax@example.test",
             "addresses":[{"address":"fax@example.test","use":"own","source":"primary"},
              {"address":"ward@example.test","use":"send-as","source":"grant","grantId":"9","through":["group:ward"],
               "networks":["192.0.2.0/24"],"credential":"c1"}],
             "domains":[],"credentials":[{"id":"c1"}]}\
            """);
        explain("admin", from("ward@example.test", "192.0.2.1", "c1"))
                .body("outcome", equalTo("accept"))
                .body("addresses[1].countsNow", equalTo(true))
                .body("addresses[1].through", contains("group:ward"))
                .body("addresses[1].networks", contains("192.0.2.0/24"))
                .body("addresses[1].credential", equalTo("c1"));
        explain("admin", from("ward@example.test", "203.0.113.9", "c1"))
                .body("outcome", equalTo("reject"))
                .body("violation.detail", equalTo("The account may use this address only from certain networks"))
                .body("addresses[1].countsNow", equalTo(false));
        explain("admin", from("fax@example.test", "192.0.2.1", "gone")).body("violation.reason", equalTo("suspended"));
        explain("admin", from("fax@example.test", "localhost", "c1"))
                .statusCode(400)
                .body("field", equalTo("client"));
    }

    private static String from(String address, String client, String credential) {
        return "{\"account\":\"fax\",\"from\":[\"%s\"],\"client\":\"%s\",\"credential\":\"%s\"}"
                .formatted(address, client, credential);
    }

    @Test
    void anAccountThatTheDirectoryDoesNotHaveIsRefusedAsItsSubmissionWouldBe() {
        explain("admin", "{\"account\":\"nobody\",\"from\":[\"nobody@example.test\"]}")
                .statusCode(200)
                .body("outcome", equalTo("reject"))
                .body("violation.reason", equalTo("suspended"))
                .body("violation.detail", equalTo("The account is not in the directory"))
                .body("directoryVersion", equalTo(0));
    }

    @Test
    void withoutTheDirectoryThereIsNoExplanation() {
        directory.down();
        try {
            explain("admin", HONEST)
                    .statusCode(503)
                    .contentType(startsWith("application/problem+json"))
                    .body("detail", equalTo("directory-service is unreachable"));
        } finally {
            directory.up();
        }
    }

    @Test
    void theAccountIsNeeded() {
        explain("admin", "{\"from\":[]}")
                .statusCode(400)
                .contentType(startsWith("application/problem+json"))
                .body("field", equalTo("account"));
    }

    @Test
    void whatIsNoJsonIsAProblem() {
        explain("admin", "{").statusCode(400).contentType(startsWith("application/problem+json"));
        explain("admin", "").statusCode(400).contentType(startsWith("application/problem+json"));
        explain("admin", "{\"account\":\"erin\",\"from\":[null]}").statusCode(400);
        explain("admin", "{\"account\":\"erin\",\"from\":7}")
                .statusCode(400)
                .contentType(startsWith("application/problem+json"))
                .body("field", equalTo("from"));
    }

    @Test
    void onlyAdministratorsAndAuditorsMayAsk() {
        explain("edge", HONEST).statusCode(403).contentType(startsWith("application/problem+json"));
        given().contentType("application/json")
                .body(HONEST)
                .post("/api/v1/explanations")
                .then()
                .statusCode(401);
    }

    private ValidatableResponse explain(String role, String body) {
        return given().auth()
                .oauth2(tokens.withRole(role))
                .contentType("application/json")
                .body(body)
                .post("/api/v1/explanations")
                .then();
    }
}
