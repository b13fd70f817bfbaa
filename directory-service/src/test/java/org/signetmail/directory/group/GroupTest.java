package org.signetmail.directory.group;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.json;
import static org.signetmail.directory.parts.Client.put;
import static org.signetmail.directory.parts.Client.putAccount;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.directory.parts.Parts;

@QuarkusTest
@QuarkusTestResource(Parts.class)
class GroupTest {
    private static final String GROUPS = "/api/v1/groups/";

    @Test
    void aGroupIsCreatedReadReplacedAndDeleted() {
        String body =
                "{'displayName':'Sales','addresses':[{'address':'Sales@g.test','primary':true},{'address':'s@g.test'}]}";
        put(GROUPS + "G-Sales", body).statusCode(201).body("name", equalTo("g-sales"));
        put(GROUPS + "g-sales", body).statusCode(200);
        as("auditor")
                .get(GROUPS + "g-sales")
                .then()
                .statusCode(200)
                .body("displayName", equalTo("Sales"))
                .body("addresses.address", contains("Sales@g.test", "s@g.test"))
                .body("addresses.primary", contains(true, false));
        put(GROUPS + "g-sales", "{}").statusCode(200);
        as("auditor")
                .get(GROUPS + "g-sales")
                .then()
                .body("displayName", nullValue())
                .body("addresses", empty());
        as("admin").delete(GROUPS + "g-sales").then().statusCode(204);
        as("admin").delete(GROUPS + "g-sales").then().statusCode(404);
        as("admin").get(GROUPS + "g-sales").then().statusCode(404);
        as("admin").get(GROUPS + "g*sales").then().statusCode(404);
    }

    @Test
    void anAddressHasOneOwner() {
        putAccount("g-owner", "{'addresses':[{'address':'own@owner.test','primary':true}]}");
        String body = "{'addresses':[{'address':'%s@owner.test','primary':true}]}";
        put(GROUPS + "g-one", body.formatted("OWN")).statusCode(409).body("field", equalTo("addresses[0].address"));
        as("auditor").get(GROUPS + "g-one").then().statusCode(404);
        put(GROUPS + "g-one", body.formatted("one")).statusCode(201);
        put(GROUPS + "g-two", body.formatted("One")).statusCode(409).body("field", equalTo("addresses[0].address"));
        putAccount("g-owner", body.formatted("one")).statusCode(409).body("field", equalTo("addresses[0].address"));
        as("admin").delete(GROUPS + "g-one").then().statusCode(204);
        putAccount("g-owner", body.formatted("one")).statusCode(200);
    }

    @Test
    void whetherCaseCountsIsForTheDomainToSay() {
        put("/api/v1/domains/gcase.test", "{'caseSensitiveLocalPart':true}").statusCode(201);
        String body = "{'addresses':[{'address':'%s@gcase.test','primary':true}]}";
        put(GROUPS + "gcase-a", body.formatted("all")).statusCode(201);
        put(GROUPS + "gcase-b", body.formatted("ALL")).statusCode(201);
        as("admin").delete("/api/v1/domains/gcase.test").then().statusCode(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    g*|{}|name
                    wrong|{'name':'other'}|name
                    wrong|{'displayName':'a\\u0007b'}|displayName
                    wrong|{'addresses':[{'address':'x@g.test'}]}|addresses
                    wrong|{'addresses':[{'address':'*@g.test','primary':true}]}|addresses[0].address
                    wrong|{'addresses':[{'address':'x@g.test','primary':true},{'address':'X@g.test'}]}|addresses[1].address
                    wrong|{'members':['alice']}|members
                    """)
    void aBadGroupIsRefusedWithTheFieldAtFault(String name, String body, String field) {
        put(GROUPS + name, body).statusCode(400).body("field", equalTo(field));
    }

    @Test
    void groupsAreFoundAndPaged() {
        for (String name : new String[] {"find-a", "find-b", "find-c"}) {
            put(
                            GROUPS + name,
                            "{'displayName':'100%% of %s','addresses':[{'address':'%s@find.test','primary':true}]}"
                                    .formatted(name, name))
                    .statusCode(201);
        }
        as("admin").get("/api/v1/groups?query=B@FIND.").then().body("groups.name", contains("find-b"));
        as("admin").queryParam("query", "0% OF FIND-C").get(GROUPS).then().body("groups.name", contains("find-c"));
        as("admin").queryParam("query", "1_0% of").get(GROUPS).then().body("groups", empty());
        String next = as("admin")
                .get("/api/v1/groups?query=find.test&limit=2")
                .then()
                .body("groups.name", contains("find-a", "find-b"))
                .extract()
                .path("next");
        as("admin")
                .get("/api/v1/groups?query=find.test&limit=2&after=" + next)
                .then()
                .body("groups.name", contains("find-c"))
                .body("next", nullValue());
        as("admin").get("/api/v1/groups?limit=0").then().statusCode(400).body("field", equalTo("limit"));
    }

    @Test
    void membersAreAddedListedAndRemoved() {
        putAccount("m-ann", "{}");
        putAccount("m-ben", "{}");
        put(GROUPS + "m-team", "{}").statusCode(201);
        put(GROUPS + "m-inner", "{}").statusCode(201);
        as("admin").put(GROUPS + "m-team/members/M-Ann").then().statusCode(204);
        as("admin").put(GROUPS + "m-team/members/m-ann").then().statusCode(204);
        as("admin").put(GROUPS + "m-team/members/group:M-Inner").then().statusCode(204);
        members("m-team").body("members", contains("group:m-inner", "m-ann")).body("next", nullValue());
        change("m-team", "{'add':['m-ben','M-BEN','m-ann'],'remove':['group:m-inner','m-nobody']}")
                .statusCode(200)
                .body("added", equalTo(1))
                .body("removed", equalTo(1));
        as("auditor")
                .get(GROUPS + "m-team/members?limit=1")
                .then()
                .body("members", contains("m-ann"))
                .body("next", equalTo("m-ann"));
        as("auditor").get(GROUPS + "m-team/members?limit=1&after=m-ann").then().body("members", contains("m-ben"));
        as("admin").delete(GROUPS + "m-team/members/m-ann").then().statusCode(204);
        as("admin").delete(GROUPS + "m-team/members/m-ann").then().statusCode(404);
        as("admin").delete("/api/v1/accounts/m-ben").then().statusCode(204);
        members("m-team").body("members", empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'add':['b-here','b-nobody']}|400|add[1]
                    {'add':['b-here','group:b-nobody']}|400|add[1]
                    {'add':['b-here','no body']}|400|add[1]
                    {'add':['b-here',null]}|400|add[1]
                    {'remove':['account:b-here']}|400|remove[0]
                    {'add':['b-here','group:b-team']}|409|add[1]
                    {'members':['b-here']}|400|members
                    """)
    void aFaultyBulkChangesNothing(String body, int status, String field) {
        putAccount("b-here", "{}");
        put(GROUPS + "b-team", "{}");
        change("b-team", body).statusCode(status).body("field", equalTo(field));
        members("b-team").body("members", empty());
    }

    @Test
    void aBulkIsBounded() {
        put(GROUPS + "b-bound", "{}").statusCode(201);
        String names =
                IntStream.rangeClosed(0, 1000).mapToObj(i -> "'a" + i + "'").collect(Collectors.joining(","));
        change("b-bound", "{'add':[" + names + "]}").statusCode(400).body("field", equalTo("add"));
    }

    @Test
    void aGroupThatIsNotThereHasNoMembers() {
        members("m-absent").statusCode(404);
        change("m-absent", "{}").statusCode(404);
        as("admin").put(GROUPS + "m-absent/members/m-ann").then().statusCode(404);
        as("admin").delete(GROUPS + "m-absent/members/m-ann").then().statusCode(404);
    }

    @Test
    void aCircleIsRefusedAndShown() {
        put(GROUPS + "sales", "{}").statusCode(201);
        put(GROUPS + "emea", "{}").statusCode(201);
        put(GROUPS + "berlin", "{}").statusCode(201);
        as("admin").put(GROUPS + "sales/members/group:emea").then().statusCode(204);
        as("admin").put(GROUPS + "emea/members/group:berlin").then().statusCode(204);
        as("admin")
                .put(GROUPS + "emea/members/group:sales")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("field", equalTo("member"))
                .body("detail", equalTo("This would be a circle: sales > emea > sales"));
        change("berlin", "{'add':['group:sales']}")
                .statusCode(409)
                .body("field", equalTo("add[0]"))
                .body("detail", equalTo("This would be a circle: sales > emea > berlin > sales"));
        as("admin")
                .put(GROUPS + "sales/members/group:sales")
                .then()
                .statusCode(409)
                .body("detail", equalTo("This would be a circle: sales > sales"));
        as("admin").put(GROUPS + "sales/members/group:berlin").then().statusCode(204);
    }

    @Test
    void groupsNestTenDeep() {
        IntStream.rangeClosed(1, 11)
                .forEach(i -> put(GROUPS + "deep-" + i, "{}").statusCode(201));
        for (int i = 1; i < 5; i++) {
            nest("deep-" + i, "deep-" + (i + 1)).statusCode(204);
        }
        for (int i = 6; i < 11; i++) {
            nest("deep-" + i, "deep-" + (i + 1)).statusCode(204);
        }
        nest("deep-5", "deep-6").statusCode(409).body("field", equalTo("member"));
        nest("deep-5", "deep-7").statusCode(204);
        nest("deep-4", "deep-6").statusCode(204);
    }

    private static ValidatableResponse nest(String group, String member) {
        return as("admin").put(GROUPS + group + "/members/group:" + member).then();
    }

    private static ValidatableResponse members(String group) {
        return as("auditor").get(GROUPS + group + "/members").then();
    }

    private static ValidatableResponse change(String group, String body) {
        return as("admin").body(json(body)).post(GROUPS + group + "/members").then();
    }
}
