package org.signetmail.directory.administrator;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.json;
import static org.signetmail.directory.parts.Client.originators;
import static org.signetmail.directory.parts.Client.postGrant;
import static org.signetmail.directory.parts.Client.put;
import static org.signetmail.directory.parts.Client.putAccount;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.directory.parts.Parts;

/** What anna, who administers mine.test and ours.test, may do there, and that she may do nothing elsewhere. */
@QuarkusTest
@QuarkusTestResource(Parts.class)
class AdministratorTest {
    private static final String ADDRESS = "{'addresses':[{'address':'%s','primary':true}]}";

    @BeforeEach
    void directory() {
        for (String domain : new String[] {"mine.test", "ours.test", "theirs.test"}) {
            put("/api/v1/domains/" + domain, "{}");
        }
        as("admin").put("/api/v1/domains/mine.test/administrators/anna").then();
        as("admin").put("/api/v1/domains/ours.test/administrators/anna").then();
        as("admin").put("/api/v1/domains/theirs.test/administrators/otto").then();
        for (String login : new String[] {"ad-mine", "ad-theirs", "ad-both", "ad-bare"}) {
            as("admin").delete("/api/v1/accounts/" + login); // with the grants of the test before
        }
        putAccount("ad-mine", ADDRESS.formatted("desk@mine.test"));
        putAccount("ad-theirs", ADDRESS.formatted("desk@theirs.test"));
        putAccount(
                "ad-both",
                "{'addresses':[{'address':'both@mine.test','primary':true},{'address':'both@theirs.test'}]}");
        putAccount("ad-bare", "{}");
        put("/api/v1/groups/ad-mine", ADDRESS.formatted("team@mine.test"));
        put("/api/v1/groups/ad-both", ADDRESS.formatted("team@theirs.test"));
        put("/api/v1/groups/ad-bare", "{}");
    }

    @Test
    void anAdministratorIsAppointedListedAndDismissed() {
        String path = "/api/v1/domains/B\u00fccher.mine.test/administrators";
        as("admin").put(path + "/ulla@idp.test").then().statusCode(404);
        put("/api/v1/domains/b\u00fccher.mine.test", "{}").statusCode(201);
        as("admin")
                .put(path + "/ulla@idp.test")
                .then()
                .statusCode(201)
                .body("name", equalTo("ulla@idp.test"))
                .body("appointedBy", equalTo("admin"));
        as("admin").put(path + "/ulla@idp.test").then().statusCode(200);
        as("auditor").get(path).then().statusCode(200).body("administrators.name", contains("ulla@idp.test"));
        as("auditor").get(path + "/ulla@idp.test").then().statusCode(200);
        as("auditor").get(path + "/ULLA@idp.test").then().statusCode(404);
        as("ulla@idp.test", "domain-admin")
                .get("/api/v1/domains")
                .then()
                .body("domains.domain", contains("xn--bcher-kva.mine.test"));
        as("admin").delete(path + "/ulla@idp.test").then().statusCode(204);
        as("admin").delete(path + "/ulla@idp.test").then().statusCode(404);
        as("ulla@idp.test", "domain-admin").get("/api/v1/domains").then().body("domains", empty());
        as("admin").put(path + "/ulla@idp.test").then().statusCode(201);
        as("admin").delete("/api/v1/domains/b\u00fccher.mine.test").then().statusCode(204);
        put("/api/v1/domains/b\u00fccher.mine.test", "{}").statusCode(201);
        as("auditor").get(path).then().body("administrators", empty());
        as("admin").put(path + "/{name}", "a\u0007").then().statusCode(400).body("field", equalTo("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"press@mine.test", "PRESS@Ours.Test", "*@mine.test", "account:ad-mine", "group:ad-mine"})
    void whatIsHersIsHersToGiveAndToWithdraw(String target) {
        String location = give("ad-theirs", target)
                .statusCode(201)
                .body("grantedBy", equalTo("anna"))
                .extract()
                .header("Location");
        anna().get("/api/v1/grants?account=ad-theirs").then().body("grants.target", hasItem(target));
        anna().delete(location).then().statusCode(204);
        String byAdmin = postGrant("{'account':'ad-theirs','type':'send-as','target':'" + target + "'}")
                .extract()
                .header("Location");
        anna().delete(byAdmin).then().statusCode(204);
        originators("ad-theirs").body("addresses.address", contains("desk@theirs.test"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "press@theirs.test",
                "x@sub.mine.test",
                "x@mine.test.theirs.test",
                "*@theirs.test",
                "*@sub.mine.test",
                "account:ad-theirs",
                "account:ad-both",
                "account:ad-bare",
                "account:ad-nobody",
                "group:ad-both",
                "group:ad-bare",
                "group:ad-nobody"
            })
    void whatIsNotHersIsNot(String target) {
        give("ad-mine", target)
                .statusCode(403)
                .contentType("application/problem+json")
                .body("field", equalTo("target"))
                .body(
                        "detail",
                        equalTo(target
                                + " is not wholly within the domains that you administer: mine.test, ours.test"));
        if (target.contains("nobody")) {
            return;
        }
        String location = postGrant("{'account':'ad-mine','type':'send-as','target':'" + target + "'}")
                .extract()
                .header("Location");
        anna().delete(location).then().statusCode(403);
        anna().get("/api/v1/grants?account=ad-mine").then().body("grants.target", not(hasItem(target)));
        as("admin").delete(location).then().statusCode(204);
    }

    @Test
    void onlyAccountsAndGroupsAndDomainsOfHersAreThere() {
        anna().get("/api/v1/accounts?query=ad-").then().body("accounts.login", contains("ad-mine"));
        anna().get("/api/v1/groups?query=ad-").then().body("groups.name", contains("ad-mine"));
        anna().get("/api/v1/domains").then().body("domains.domain", contains("mine.test", "ours.test"));
        anna().get("/api/v1/domains/mine.test").then().statusCode(200);
        anna().get("/api/v1/accounts/ad-mine").then().statusCode(200);
        anna().get("/api/v1/accounts/ad-mine/originators").then().statusCode(200);
        anna().get("/api/v1/groups/ad-mine").then().statusCode(200);
        anna().get("/api/v1/groups/ad-mine/members").then().statusCode(200);
        for (String path : new String[] {
            "accounts/ad-%s", "accounts/ad-%s/originators", "groups/ad-%s", "groups/ad-%s/members", "domains/%s.test"
        }) {
            String foreign = path.formatted(path.startsWith("domains") ? "theirs" : "both");
            assertEquals(
                    absent(path.formatted("nobody")).replace("nobody", "X"),
                    absent(foreign).replaceAll("both|theirs", "X"));
        }
        anna().get("/api/v1/accounts/ad-bare").then().statusCode(404);
    }

    @Test
    void addressesOfHersSheMayReplaceByOthersOfHers() {
        replace("ad-mine", ADDRESS.formatted("office@ours.test"))
                .statusCode(200)
                .body("addresses.address", contains("office@ours.test"));
        originators("ad-mine").body("addresses.address", contains("office@ours.test"));
        replace("ad-mine", ADDRESS.formatted("desk@mine.test")).statusCode(200);
        replace("ad-mine", ADDRESS.formatted("both@mine.test")).statusCode(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'addresses':[{'address':'desk@mine.test','primary':true},{'address':'desk2@theirs.test'}]}|403|addresses[1].address
                    {'addresses':[]}|403|addresses
                    {}|400|addresses
                    {'addresses':[{'address':'desk@mine.test','primary':true}],'enabled':false}|400|enabled
                    {'addresses':[{'address':'desk','primary':true}]}|400|addresses[0].address
                    """)
    void addressesOfOthersSheMayNot(String body, int status, String field) {
        replace("ad-mine", body).statusCode(status).body("field", equalTo(field));
        originators("ad-mine").body("addresses.address", contains("desk@mine.test"));
    }

    @Test
    void accountsOfOthersSheMayNotWrite() {
        for (String login : new String[] {"ad-theirs", "ad-both", "ad-bare", "ad-nobody"}) {
            replace(login, ADDRESS.formatted("taken@mine.test")).statusCode(404);
        }
        as("admin")
                .body(json(ADDRESS.formatted("bare@mine.test")))
                .put("/api/v1/accounts/ad-bare/addresses")
                .then()
                .statusCode(200);
    }

    /** A grant stays when its giver loses the domain; they can give no other. */
    @Test
    void withdrawnAuthorityCountsAtOnce() {
        give("ad-theirs", "kept@mine.test").statusCode(201);
        as("admin")
                .delete("/api/v1/domains/mine.test/administrators/anna")
                .then()
                .statusCode(204);
        give("ad-theirs", "other@mine.test").statusCode(403);
        anna().get("/api/v1/accounts/ad-mine").then().statusCode(404);
        originators("ad-theirs").body("addresses.address", hasItem("kept@mine.test"));
        as("admin")
                .delete("/api/v1/domains/ours.test/administrators/anna")
                .then()
                .statusCode(204);
        give("ad-theirs", "other@ours.test")
                .statusCode(403)
                .body("detail", allOf(containsString("other@ours.test"), containsString("you administer none")));
        anna().get("/api/v1/grants").then().statusCode(200).body("grants", empty());
    }

    /** An auditor sees everything and, being an administrator of a domain too, writes there only. */
    @Test
    void seeingAndWritingAreTwoThings() {
        RequestSpecification both = as("anna", "domain-admin", "auditor");
        both.get("/api/v1/accounts/ad-theirs").then().statusCode(200);
        as("anna", "domain-admin", "auditor")
                .body(json("{'account':'ad-mine','type':'send-as','target':'desk@theirs.test'}"))
                .post("/api/v1/grants")
                .then()
                .statusCode(403);
        as("anna", "auditor").get("/api/v1/accounts/ad-theirs").then().statusCode(200);
        as("anna", "admin")
                .body(json("{'account':'ad-mine','type':'send-as','target':'free@theirs.test'}"))
                .post("/api/v1/grants")
                .then()
                .statusCode(201);
    }

    private static RequestSpecification anna() {
        return as("anna", "domain-admin");
    }

    private static ValidatableResponse give(String account, String target) {
        return anna().body(json("{'account':'%s','type':'send-as','target':'%s'}".formatted(account, target)))
                .post("/api/v1/grants")
                .then();
    }

    private static ValidatableResponse replace(String login, String body) {
        return anna().body(json(body))
                .put("/api/v1/accounts/" + login + "/addresses")
                .then();
    }

    private static String absent(String path) {
        return anna().get("/api/v1/" + path).then().statusCode(404).extract().path("detail");
    }
}
