package org.signetmail.directory.domain;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.put;
import static org.signetmail.directory.parts.Client.putAccount;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.directory.parts.Parts;

@QuarkusTest
@QuarkusTestResource(Parts.class)
class DomainTest {
    private static final String CASE = "/api/v1/domains/case.test";

    @Test
    void aDomainIsRegisteredReadAndDeleted() {
        put("/api/v1/domains/B\u00fccher.TEST", "{'mode':'report','subaddressDelimiter':'+'}")
                .statusCode(201)
                .body("domain", equalTo("xn--bcher-kva.test"));
        put("/api/v1/domains/xn--bcher-kva.test", "{'domain':'b\u00fccher.test'}")
                .statusCode(200);
        as("auditor")
                .get("/api/v1/domains/b\u00fccher.test")
                .then()
                .body("mode", equalTo("enforce"))
                .body("subaddressDelimiter", nullValue())
                .body("caseSensitiveLocalPart", equalTo(false));
        as("auditor").get("/api/v1/domains").then().body("domains.domain", hasItem("xn--bcher-kva.test"));
        as("admin").delete("/api/v1/domains/b\u00fccher.test").then().statusCode(204);
        as("admin").delete("/api/v1/domains/b\u00fccher.test").then().statusCode(404);
        as("admin").get("/api/v1/domains/b\u00fccher.test").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a_b.test|{}|domain
                    wrong.test|{'domain':'other.test'}|domain
                    wrong.test|{'mode':'observe'}|mode
                    wrong.test|{'subaddressDelimiter':'++'}|subaddressDelimiter
                    wrong.test|{'subaddressDelimiter':'a'}|subaddressDelimiter
                    wrong.test|{'subaddressDelimiter':'@'}|subaddressDelimiter
                    wrong.test|{'delimiter':'+'}|delimiter
                    """)
    void aBadDomainIsRefusedWithTheFieldAtFault(String domain, String body, String field) {
        put("/api/v1/domains/" + domain, body).statusCode(400).body("field", equalTo(field));
    }

    @Test
    void whetherCaseCountsDecidesWhatIsTheSameAddress() {
        put(CASE, "{'caseSensitiveLocalPart':true}").statusCode(201);
        putAccount("case-lower", "{'addresses':[{'address':'post@case.test','primary':true}]}")
                .statusCode(201);
        String upper = "{'addresses':[{'address':'Post@case.test','primary':true}]}";
        putAccount("case-upper", upper).statusCode(201);
        put(CASE, "{'caseSensitiveLocalPart':false}").statusCode(409).body("field", equalTo("caseSensitiveLocalPart"));
        as("admin").delete(CASE).then().statusCode(409);
        as("admin").delete("/api/v1/accounts/case-upper").then().statusCode(204);
        put(CASE, "{'caseSensitiveLocalPart':false}").statusCode(200);
        putAccount("case-upper", upper).statusCode(409).body("field", equalTo("addresses[0].address"));
        put(CASE, "{'caseSensitiveLocalPart':true}").statusCode(200);
        putAccount("case-upper", upper).statusCode(201);
    }
}
