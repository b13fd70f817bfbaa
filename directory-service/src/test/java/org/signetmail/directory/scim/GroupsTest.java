package org.signetmail.directory.scim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.directory.parts.Client.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.AddressStore;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.domain.DomainStore;
import org.signetmail.directory.group.Group;
import org.signetmail.directory.group.GroupName;
import org.signetmail.directory.group.GroupStore;
import org.signetmail.directory.group.MemberStore;
import org.signetmail.local.database.LocalDatabase;

/** What SCIM clients do with groups, on a real PostgreSQL. */
class GroupsTest {
    private static final int MANY = 20_000;

    @TempDir
    static Path directory;

    private static LocalDatabase postgresql;
    private static Database database;
    private static GroupStore stored;
    private static Groups groups;

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
        stored = new GroupStore(addresses, new DomainStore(addresses, changes), changes);
        groups = new Groups(new ScimTransactions(database), stored, new MemberStore(changes), new StoredGroups());
    }

    @AfterAll
    static void stop() {
        postgresql.close();
    }

    @BeforeEach
    void threeUsersAndTwoGroups() throws ScimException {
        accounts("ada", "bob", "eve");
        create("{'displayName':'All Sales!','externalId':'x-1','members':[{'value':'ada'},{'value':'bob'}]}");
        create("{'displayName':'Verkäufer Nord','members':[{'value':'eve'},{'value':'group:all-sales'}]}");
    }

    @Test
    void aGroupHasANameThatPeopleRecognise() throws ScimException {
        assertEquals("x-1", groups.get("group:all-sales").externalId().orElseThrow());
        assertEquals(
                "Verkäufer Nord",
                groups.get("group:verkaufer-nord").displayName().orElseThrow());
        assertEquals("group:group", create("{'displayName':'Продажи'}").id());
        assertEquals("group:group-2", create("{'displayName':'Закупки'}").id());
        assertEquals(
                "group:all-sales-2", create("{'displayName':'All (Sales)'}").id());
        assertEquals(
                60, create("{'displayName':'" + "n".repeat(200) + "'}").id().length() - 2);
        assertEquals("User ada User bob", members("group:all-sales"));
        assertEquals("User eve Group group:all-sales", members("group:verkaufer-nord"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            displayName eq "all sales!"                 | group:all-sales
            externalId eq "x-1"                         | group:all-sales
            id eq "group:verkaufer-nord"                | group:verkaufer-nord
            id eq "ada"                                 | -
            members eq "eve"                            | group:verkaufer-nord
            members.value eq "bob"                      | group:all-sales
            members[value eq "group:all-sales"]         | group:verkaufer-nord
            id eq "group:all-sales" and members eq "eve" | -
            displayName co "nord" or externalId pr      | group:all-sales group:verkaufer-nord
            members.type eq "Group"                     | group:verkaufer-nord
            """)
    void groupsAreFound(String filter, String ids) throws ScimException {
        assertEquals(
                ids.equals("-") ? "" : ids,
                search(Optional.of(filter), 1, 100).resources().stream()
                        .map(group -> group.path("id").asText())
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void pagesAreCounted() throws ScimException {
        ScimPage second = search(Optional.empty(), 2, 1);
        assertEquals(2, second.total());
        assertEquals(
                "group:verkaufer-nord", second.resources().getFirst().path("id").asText());
        assertEquals(0, search(Optional.empty(), 1, 0).resources().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'op':'add','path':'members','value':[{'value':'eve'},{'value':'ADA'}]}      | User ada User bob User eve
            {'op':'remove','path':'members[value eq "ada"]'}                             | User bob
            {'op':'remove','path':'members[value eq "ada" or value eq "bob"]'}           | ''
            {'op':'Remove','path':'members','value':[{'value':'bob'}]}                   | User ada
            {'op':'remove','path':'members','value':[]}                                  | User ada User bob
            {'op':'remove','path':'members'}                                             | ''
            {'op':'replace','path':'members','value':[{'value':'bob'},{'value':'eve'}]}  | User bob User eve
            {'op':'Add','value':{'members':[{'value':'eve'}]}}                           | User ada User bob User eve
            {'op':'replace','value':{'members':[]}}                                      | ''
            {'op':'remove','path':'members'},{'op':'add','path':'members','value':[{'value':'eve'}]} | User eve
            {'op':'add','path':'members','value':[{'value':'eve'}]},{'op':'remove','path':'members[value eq "eve"]'} | User ada User bob
            {'op':'replace','path':'owner','value':'whatever'}                           | User ada User bob
            """)
    void membersComeAndGo(String operations, String members) throws ScimException {
        patch("group:all-sales", operations);
        assertEquals(members, members("group:all-sales"));
        assertEquals("User eve Group group:all-sales", members("group:verkaufer-nord"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            invalidValue  | {'op':'add','path':'members','value':[{'value':'nobody'}]}
            invalidValue  | {'op':'add','path':'members','value':[{'display':'ada'}]}
            invalidValue  | {'op':'add','path':'members','value':'ada'}
            invalidValue  | {'op':'replace','path':'displayName','value':''}
            invalidValue  | {'op':'remove','path':'displayName'}
            noTarget      | {'op':'replace','path':'members[value eq "ada"]','value':{'value':'eve'}}
            invalidFilter | {'op':'remove','path':'members[display eq "ada"]'}
            invalidPath   | {'op':'remove','path':'members[value eq "ada"].value'}
            uniqueness    | {'op':'add','path':'members','value':[{'value':'group:verkaufer-nord'}]}
            invalidSyntax | {'op':'move','path':'members'}
            """)
    void nothingOfARefusedRequestIsDone(String type, String operation) {
        ScimException refused = assertThrows(
                ScimException.class,
                () -> patch("group:all-sales", "{'op':'remove','path':'members[value eq \"ada\"]'}," + operation));
        assertEquals(type, refused.getScimError().getScimType(), refused.getMessage());
        assertEquals("User ada User bob", members("group:all-sales"));
    }

    @Test
    void addressesOfAGroupAreNotScims() throws ScimException {
        var addresses = List.of(new Address("sales@scim.test", true));
        database.write(
                transaction -> stored.put(transaction, new Group("all-sales", Optional.of("By hand"), addresses)));
        String tag = groups.get("group:all-sales").tag();
        StoredGroup replaced = groups.replace(
                "group:all-sales", parsed("{'displayName':'New','members':[{'value':'eve'}]}"), Optional.of(tag));
        assertEquals("User eve", members("group:all-sales"));
        assertEquals(Optional.empty(), replaced.externalId());
        assertEquals(
                addresses,
                database.transaction(connection -> stored.find(connection, new GroupName("all-sales")))
                        .orElseThrow()
                        .addresses());
        assertFalse(tag.equals(replaced.tag()));
        assertThrows(ScimException.class, () -> groups.delete("group:all-sales", Optional.of(tag)));
        assertEquals(
                "New",
                groups.delete("group:all-sales", Optional.of(replaced.tag()))
                        .displayName()
                        .orElseThrow());
        assertThrows(ScimException.class, () -> groups.get("group:all-sales"));
        assertEquals("User eve", members("group:verkaufer-nord"));
    }

    @Test
    void whatIsThereAlreadyIsNotMadeAgain() {
        ScimException refused = assertThrows(ScimException.class, () -> create("{'displayName':'ALL SALES!'}"));
        assertEquals(409, refused.getScimError().getStatus());
    }

    /** As one transaction: one version of the directory. */
    @Test
    void manyMembersAreOneChange() throws ScimException {
        String[] logins = IntStream.range(0, MANY).mapToObj(i -> "u" + i).toArray(String[]::new);
        accounts(logins);
        StoredGroup many = create("{'displayName':'Many'}");
        long before = version();
        String values =
                Arrays.stream(logins).map(login -> "{'value':'" + login + "'}").collect(Collectors.joining(","));
        patch(many.id(), "{'op':'add','path':'members','value':[" + values + "]}");
        assertEquals(before + 1, version());
        assertEquals(MANY, count(many));
        String ends = Arrays.stream(logins)
                .limit(MANY / 2)
                .map(login -> "{'op':'remove','path':'members[value eq \"" + login + "\"]'}")
                .collect(Collectors.joining(","));
        patch(many.id(), ends);
        assertEquals(before + 2, version());
        assertEquals(MANY / 2, count(many));
        create("{'displayName':'More','members':[" + values + "]}");
        ScimPage page = search(Optional.empty(), 1, 100);
        assertEquals(2, page.total());
        assertEquals(1, page.resources().size(), "a page has no more members than it may");
    }

    private static int count(StoredGroup group) throws ScimException {
        return groups.json(group.id(), true, "").path("members").size();
    }

    private static long version() {
        return database.transaction(connection ->
                        Sql.one(connection, "SELECT version FROM directory_version", row -> row.getLong(1)))
                .orElseThrow();
    }

    private static void accounts(String... logins) {
        database.write(transaction -> {
            Sql.update(transaction.connection(), "DELETE FROM mail_group");
            Sql.update(transaction.connection(), "DELETE FROM account");
            return Sql.update(
                    transaction.connection(),
                    "INSERT INTO account (login, enabled, version) SELECT login, true, ? FROM unnest(?) AS given (login)",
                    transaction.version(),
                    List.of(logins));
        });
    }

    private static String members(String id) {
        try {
            return groups.json(id, true, "http://localhost/scim/v2/Groups")
                    .path("members")
                    .valueStream()
                    .map(member -> member.path("type").asText() + " "
                            + member.path("value").asText())
                    .collect(Collectors.joining(" "));
        } catch (ScimException e) {
            throw new AssertionError(e);
        }
    }

    private static StoredGroup create(String body) throws ScimException {
        return groups.create(parsed(body));
    }

    private static void patch(String id, String operations) throws ScimException {
        String body = "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':["
                + operations.replace("\"", "\\\"") + "]}";
        StoredGroup patched = groups.patch(id, parsed(body), Optional.empty());
        assertTrue(patched.tag().startsWith("W/"));
    }

    private static JsonNode parsed(String body) throws ScimException {
        return ScimBody.read(new ByteArrayInputStream(json(body).getBytes(UTF_8)));
    }

    private static ScimPage search(Optional<String> filter, int startIndex, int count) throws ScimException {
        return groups.search(Search.of(filter, startIndex, count), Attributes.ALL, "http://localhost/scim/v2/Groups");
    }
}
