package org.signetmail.directory.ldap;

import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.authenticate;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPURL;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.parts.LdapServer;
import org.signetmail.directory.parts.Parts;

/** As an administrator sees it. */
@QuarkusTest
@QuarkusTestResource(Parts.class)
class SynchronisationTest {
    private static final String SYNCHRONISATIONS = "/api/v1/synchronisations";

    private final String url = ConfigProvider.getConfig().getValue("signet.ldap.urls", String.class);

    @Test
    void itIsShownThenDoneAndHeldWhenItWithdrawsMuch() throws Exception {
        try (var ldap = connect()) {
            for (int i = 0; i < 20; i++) {
                ldap.add(person("synced-" + i));
            }
            post("?dryRun=true").body("state", equalTo("dry-run")).body("report.created", equalTo(20));
            as("admin").get("/api/v1/accounts/synced-0").then().statusCode(404);
            post("?everything=true").body("state", equalTo("done")).body("report.created", equalTo(20));
            as("admin")
                    .get("/api/v1/accounts/synced-0")
                    .then()
                    .body("addresses.address", contains("synced-0@rest.test"));
            authenticate("synced-0", "synced-0-password").body("authenticated", equalTo(true));
            authenticate("synced-0", "wrong").body("$", aMapWithSize(1)).body("authenticated", equalTo(false));

            ldap.delete(LdapServer.dn("synced-0"));
            ldap.delete(LdapServer.dn("synced-1"));
            String held = post("?everything=true")
                    .body("state", equalTo("held"))
                    .body("report.deleted", equalTo(2))
                    .body("report.addressesWithdrawn", equalTo(2))
                    .extract()
                    .path("id");
            as("admin").get("/api/v1/accounts/synced-0").then().statusCode(200);
            post("?everything=true").body("state", equalTo("held")).body("id", equalTo(held));
            post("/" + held + "/confirm").body("state", equalTo("done")).body("report.deleted", equalTo(2));
            as("admin").get("/api/v1/accounts/synced-0").then().statusCode(404);
            as("auditor")
                    .get(SYNCHRONISATIONS + "/" + held)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("confirmed"));
            as("admin").post(SYNCHRONISATIONS + "/" + held + "/confirm").then().statusCode(409);
            as("auditor").get(SYNCHRONISATIONS + "?limit=2").then().body("synchronisations", hasSize(2));
        }
    }

    private LDAPConnection connect() throws Exception {
        return new LDAPConnection("127.0.0.1", new LDAPURL(url).getPort(), LdapServer.ADMIN, LdapServer.PASSWORD);
    }

    private static Entry person(String uid) {
        return new Entry(
                LdapServer.dn(uid),
                new Attribute("objectClass", "person"),
                new Attribute("uid", uid),
                new Attribute("mail", uid + "@rest.test"),
                new Attribute("userPassword", uid + "-password"));
    }

    private static ValidatableResponse post(String rest) {
        return as("admin").post(SYNCHRONISATIONS + rest).then().statusCode(200);
    }
}
