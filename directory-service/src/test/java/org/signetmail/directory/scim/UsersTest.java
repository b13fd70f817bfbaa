package org.signetmail.directory.scim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.directory.parts.Client.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.signetmail.directory.account.AccountStore;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.AddressStore;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.credential.CredentialStore;
import org.signetmail.directory.credential.Scram;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.domain.DomainStore;
import org.signetmail.directory.parts.Defaults;
import org.signetmail.directory.suspension.SuspensionStore;
import org.signetmail.local.database.LocalDatabase;

/** What SCIM clients do, on a real PostgreSQL. */
class UsersTest {
    @TempDir
    static Path directory;

    private static LocalDatabase postgresql;
    private static Database database;
    private static Users users;

    @BeforeAll
    static void start() {
        postgresql = LocalDatabase.start(directory);
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgresql.createDatabase("directory"));
        dataSource.setUser(postgresql.user());
        Flyway.configure().dataSource(dataSource).load().migrate();
        database = new Database(dataSource);
        var changes = new ChangeLog();
        var addresses = new AddressStore();
        var accounts = new AccountStore(
                addresses,
                new DomainStore(addresses, changes),
                new CredentialStore(),
                new SuspensionStore(changes),
                changes);
        users = new Users(
                new ScimTransactions(database),
                accounts,
                new UserStore(accounts),
                new CredentialStore(),
                new Scram(Defaults.config()));
    }

    @AfterAll
    static void stop() {
        postgresql.close();
    }

    @BeforeEach
    void twoUsers() throws ScimException {
        database.write(transaction -> {
            try (var statement = transaction.connection().createStatement()) {
                return statement.execute("TRUNCATE account CASCADE");
            }
        });
        create("{'userName':'Ada','externalId':'x-1','name':{'givenName':'Ada','familyName':'L'},'title':'Countess',"
                + "'emails':[{'value':'Ada@scim.test','type':'work'},{'value':'a@scim.test'}]}");
        create("{'userName':'bob','displayName':'Bob','active':false,"
                + "'emails':[{'value':'b@scim.test'},{'value':'bob@scim.test','primary':true}]}");
    }

    @Test
    void aUserIsAnAccount() throws ScimException {
        StoredUser ada = users.get("ADA");
        assertEquals("ada", ada.account().login());
        assertEquals(Optional.of("Ada L"), ada.account().displayName());
        assertEquals(Optional.of("x-1"), ada.externalId());
        assertEquals(
                List.of(new Address("Ada@scim.test", true), new Address("a@scim.test", false)),
                ada.account().addresses());
        StoredUser bob = users.get("bob");
        assertFalse(bob.account().enabled());
        assertEquals("bob@scim.test", bob.account().addresses().get(1).address());
        assertTrue(bob.account().addresses().get(1).primary());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            userName eq "ADA"                                     | ada
            externalId eq "x-1"                                   | ada
            emails.value eq "BOB@scim.test"                       | bob
            emails[value eq "bob@scim.test" and primary eq true]  | bob
            emails[value eq "nobody@scim.test"]                   | -
            userName sw "b" or displayName co "da"                | ada bob
            not (active eq true)                                  | bob
            externalId pr                                         | ada
            userName ne "bob" and emails pr                       | ada
            emails.value ew "@scim.test"                          | ada bob
            """)
    void usersAreFound(String filter, String logins) throws ScimException {
        List<String> found = search(Optional.of(filter), 1, 100).resources().stream()
                .map(user -> user.path("id").asText())
                .toList();
        assertEquals(logins.equals("-") ? List.of() : List.of(logins.split(" ", -1)), found);
    }

    @Test
    void pagesAreCounted() throws ScimException {
        ScimPage second = search(Optional.empty(), 2, 1);
        assertEquals(2, second.total());
        assertEquals("bob", second.resources().getFirst().path("id").asText());
        ScimPage filtered = search(Optional.of("userName pr"), 2, 1);
        assertEquals(2, filtered.total());
        assertEquals("bob", filtered.resources().getFirst().path("id").asText());
        assertEquals(0, search(Optional.empty(), 0, 0).resources().size());
        assertScim("invalidFilter", 400, () -> search(Optional.of("userName is 'x'"), 1, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'op':'replace','path':'active','value':false}                                  | false | Ada@scim.test a@scim.test
            {'op':'Replace','value':{'active':'False'}}                                     | false | Ada@scim.test a@scim.test
            {'op':'add','path':'emails','value':[{'value':'new@scim.test'}]}                | true  | Ada@scim.test a@scim.test new@scim.test
            {'op':'remove','path':'emails[value eq "a@scim.test"]'}                         | true  | Ada@scim.test
            {'op':'replace','path':'emails[value eq "a@scim.test"].value','value':'z@scim.test'} | true | Ada@scim.test z@scim.test
            {'op':'replace','path':'emails','value':[{'value':'only@scim.test','primary':true}]} | true | only@scim.test
            """)
    void partsAreChanged(String operation, boolean active, String addresses) throws ScimException {
        StoredUser patched = patch("ada", operation);
        assertEquals(active, patched.account().enabled());
        assertEquals(
                List.of(addresses.split(" ", -1)),
                patched.account().addresses().stream().map(Address::address).toList());
        assertEquals(Optional.of("x-1"), patched.externalId());
    }

    @Test
    void whatCannotBeIsRefusedAsScimHasIt() throws ScimException {
        assertScim("uniqueness", 409, () -> create("{'userName':'ada'}"));
        assertScim("uniqueness", 409, () -> create("{'userName':'c','emails':[{'value':'ADA@scim.test'}]}"));
        assertScim("invalidValue", 400, () -> create("{'userName':'a*b'}"));
        assertScim("invalidValue", 400, () -> create("{}"));
        assertScim("invalidValue", 400, () -> create("{'userName':'c','emails':[{'value':'none'}]}"));
        assertScim("invalidSyntax", 400, () -> create("{"));
        assertScim("invalidSyntax", 400, () -> create(""));
        assertScim(null, 413, () -> create(" ".repeat(ScimBody.LONGEST) + "{}"));
        assertScim("mutability", 400, () -> patch("ada", "{'op':'replace','path':'userName','value':'eve'}"));
        assertScim(null, 404, () -> users.get("nobody"));
        assertScim(null, 412, () -> users.delete("ada", Optional.of("W/\"0\"")));
        assertEquals(2, search(Optional.empty(), 1, 10).total());
    }

    @Test
    void aReplacedUserHasOnlyWhatIsGiven() throws ScimException {
        String tag = users.get("ada").tag();
        StoredUser replaced = users.replace("ada", parsed("{\"userName\":\"ada\"}"), Optional.of(tag));
        assertEquals(List.of(), replaced.account().addresses());
        assertEquals(Optional.empty(), replaced.externalId());
        assertScim(null, 412, () -> users.replace("ada", parsed("{\"userName\":\"ada\"}"), Optional.of(tag)));
        assertEquals(
                "ada",
                users.delete("ada", Optional.of(replaced.tag())).account().login());
        assertScim(null, 404, () -> users.get("ada"));
    }

    private static StoredUser create(String body) throws ScimException {
        return users.create(parsed(json(body)));
    }

    private static StoredUser patch(String id, String operation) throws ScimException {
        String body = "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':["
                + operation.replace("\"", "\\\"") + "]}";
        return users.patch(id, parsed(json(body)), Optional.empty());
    }

    private static JsonNode parsed(String body) throws ScimException {
        return ScimBody.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static ScimPage search(Optional<String> filter, int startIndex, int count) throws ScimException {
        return users.search(Search.of(filter, startIndex, count), "http://localhost/scim/v2/Users");
    }

    private interface Attempt {
        Object run() throws ScimException;
    }

    private static void assertScim(String type, int status, Attempt attempt) {
        ScimException refused = assertThrows(ScimException.class, attempt::run);
        assertEquals(status, refused.getScimError().getStatus());
        assertEquals(type, refused.getScimError().getScimType());
    }
}
