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

/** What comes through groups, and what does not. */
@QuarkusTest
@QuarkusTestResource(Parts.class)
class GroupGrantTest {
    private static final String GROUPS = "/api/v1/groups/";

    @Test
    void aGrantToAGroupReachesWhoeverIsBelowIt() throws JsonProcessingException {
        account("th-alice");
        group("th-sales");
        group("th-emea");
        group("th-berlin");
        member("th-sales", "group:th-emea");
        member("th-emea", "group:th-berlin");
        member("th-berlin", "th-alice");
        put(
                        GROUPS + "th-shop",
                        "{'addresses':[{'address':'orders@th.test','primary':true},{'address':'Shop@th.test'}]}")
                .statusCode(201);
        postGrant("{'account':'group:TH-Sales','type':'send-as','target':'press@th.test'}")
                .statusCode(201)
                .body("account", equalTo("group:th-sales"));
        postGrant("{'account':'group:th-berlin','type':'send-on-behalf','target':'group:th-shop',"
                        + "'validUntil':'2099-01-01T00:00:00Z','networks':['2001:DB8:0::/48','192.0.2.0/24']}")
                .statusCode(201)
                .body("target", equalTo("group:th-shop"));
        String answer = originators("th-alice")
                .extract()
                .asString()
                .replaceAll("\"grantId\":\"[0-9]+\"", "\"grantId\":\"N\"")
                .replaceAll("\"version\":[0-9]+", "\"version\":0");
        var mapper = new ObjectMapper();
        assertEquals(mapper.readTree(json("""
            {'account':'th-alice','enabled':true,'version':0,'mode':'enforce','primaryAddress':'th-alice@th.test',
             'addresses':[{'address':'th-alice@th.test','use':'own','source':'primary'},
               {'address':'press@th.test','use':'send-as','source':'grant','grantId':'N',
                'through':['group:th-berlin','group:th-emea','group:th-sales']},
               {'address':'orders@th.test','use':'send-on-behalf','source':'grant','grantId':'N',
                'through':['group:th-berlin'],'validUntil':'2099-01-01T00:00:00.000Z',
                'networks':['192.0.2.0/24','2001:db8:0:0:0:0:0:0/48']},
               {'address':'Shop@th.test','use':'send-on-behalf','source':'grant','grantId':'N',
                'through':['group:th-berlin'],'validUntil':'2099-01-01T00:00:00.000Z',
                'networks':['192.0.2.0/24','2001:db8:0:0:0:0:0:0/48']}],
             'domains':[],'credentials':[]}
            """)), mapper.readTree(answer));
    }

    @Test
    void beingAMemberGivesNothingByItself() {
        account("no-alice");
        put(GROUPS + "no-team", "{'addresses':[{'address':'team@no.test','primary':true}]}")
                .statusCode(201);
        group("no-inner");
        member("no-team", "no-alice");
        member("no-team", "group:no-inner");
        // A grant to what is below or beside does not go up, and one on the group is not for its members.
        account("no-other");
        postGrant("{'account':'group:no-inner','type':'send-as','target':'inner@no.test'}")
                .statusCode(201);
        postGrant("{'account':'no-other','type':'send-as','target':'group:no-team'}")
                .statusCode(201);
        originators("no-alice").body("addresses.address", contains("no-alice@th.test"));
        originators("no-other").body("addresses.address", contains("no-other@th.test", "team@no.test"));
    }

    /** Of two ways the shorter is shown, and the address comes once a grant. */
    @Test
    void whoeverIsInAGroupTwiceHasItsGrantOnce() {
        account("tw-alice");
        for (String name : new String[] {"tw-top", "tw-left", "tw-right", "tw-mid"}) {
            group(name);
        }
        member("tw-top", "group:tw-left");
        member("tw-left", "group:tw-mid");
        member("tw-mid", "tw-alice");
        member("tw-top", "group:tw-right");
        member("tw-right", "tw-alice");
        postGrant("{'account':'group:tw-top','type':'send-as','target':'top@tw.test'}")
                .statusCode(201);
        originators("tw-alice")
                .body("addresses.address", contains("tw-alice@th.test", "top@tw.test"))
                .body("addresses[1].through", contains("group:tw-right", "group:tw-top"));
    }

    @Test
    void aGrantThatIsOverReachesNobody() {
        account("ov-alice");
        group("ov-team");
        member("ov-team", "ov-alice");
        postGrant(
                        "{'account':'group:ov-team','type':'send-as','target':'x@ov.test','validUntil':'2020-01-01T00:00:00Z'}")
                .statusCode(201);
        postGrant(
                        "{'account':'group:ov-team','type':'send-as','target':'y@ov.test','validFrom':'2098-01-01T00:00:00Z'}")
                .statusCode(201);
        originators("ov-alice").body("addresses.address", contains("ov-alice@th.test", "y@ov.test"));
    }

    @Test
    void aGrantOfSeveralCredentialsIsAnEntryForEach() {
        account("cr-alice");
        postGrant("{'account':'cr-alice','type':'send-as','target':'fax@cr.test','credentials':['c-2','c-1','c-2']}")
                .statusCode(201)
                .body("credentials", contains("c-1", "c-2"));
        originators("cr-alice")
                .body("addresses.address", contains("cr-alice@th.test", "fax@cr.test", "fax@cr.test"))
                .body("addresses.credential", contains(nullValue(), equalTo("c-1"), equalTo("c-2")))
                .body("addresses[0].networks", nullValue());
    }

    @Test
    void theVersionRisesWithWhateverComesThroughGroups() {
        account("ve-alice");
        group("ve-top");
        group("ve-mid");
        put(GROUPS + "ve-shop", "{'addresses':[{'address':'shop@ve.test','primary':true}]}")
                .statusCode(201);
        long before = version("ve-alice");
        member("ve-mid", "ve-alice");
        before = risen("ve-alice", before);
        member("ve-top", "group:ve-mid");
        before = risen("ve-alice", before);
        String grant = postGrant("{'account':'group:ve-top','type':'send-as','target':'group:ve-shop'}")
                .extract()
                .header("Location");
        before = risen("ve-alice", before);
        put(GROUPS + "ve-shop", "{'addresses':[{'address':'new@ve.test','primary':true}]}")
                .statusCode(200);
        before = risen("ve-alice", before);
        originators("ve-alice").body("addresses.address", contains("ve-alice@th.test", "new@ve.test"));
        put(GROUPS + "ve-shop", "{'displayName':'Shop','addresses':[{'address':'new@ve.test','primary':true}]}")
                .statusCode(200);
        assertEquals(before, version("ve-alice"), "a display name concerns nobody");
        as("admin").delete(grant).then().statusCode(204);
        before = risen("ve-alice", before);
        as("admin").delete(GROUPS + "ve-top/members/group:ve-mid").then().statusCode(204);
        before = risen("ve-alice", before);
        as("admin").delete(GROUPS + "ve-mid/members/ve-alice").then().statusCode(204);
        risen("ve-alice", before);
    }

    @Test
    void deletingAGroupWithdrawsWhatCameThroughItAndOfIt() {
        account("de-alice");
        account("de-bob");
        put(GROUPS + "de-team", "{'addresses':[{'address':'team@de.test','primary':true}]}")
                .statusCode(201);
        member("de-team", "de-alice");
        postGrant("{'account':'group:de-team','type':'send-as','target':'press@de.test'}")
                .statusCode(201);
        postGrant("{'account':'de-bob','type':'send-as','target':'group:de-team'}")
                .statusCode(201);
        long alice = version("de-alice");
        long bob = version("de-bob");
        as("admin").delete(GROUPS + "de-team").then().statusCode(204);
        risen("de-alice", alice);
        risen("de-bob", bob);
        originators("de-alice").body("addresses.address", contains("de-alice@th.test"));
        originators("de-bob").body("addresses.address", contains("de-bob@th.test"));
        as("admin").get("/api/v1/grants?target=group:de-team").then().body("grants", empty());
        as("admin").get("/api/v1/grants?account=group:de-team").then().body("grants", empty());
    }

    private static void account(String login) {
        putAccount(login, "{'addresses':[{'address':'" + login + "@th.test','primary':true}]}")
                .statusCode(201);
    }

    private static void group(String name) {
        put(GROUPS + name, "{}").statusCode(201);
    }

    private static void member(String group, String member) {
        as("admin").put(GROUPS + group + "/members/" + member).then().statusCode(204);
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
