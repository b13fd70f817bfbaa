package org.signetmail.directory.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.signetmail.directory.address.CanonicalAddress;
import org.signetmail.directory.address.Skeletons;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.finding.FindingResource.FindingPage;
import org.signetmail.directory.problem.PageLimit;
import org.signetmail.directory.problem.Refused;
import org.signetmail.local.database.LocalDatabase;

/** Every kind of finding beside what looks like it and is none, in a directory that has nothing else. */
class FindingTest {
    @TempDir
    static Path directory;

    private static LocalDatabase postgresql;
    private static Database database;
    private static FindingResource linter;

    @BeforeAll
    static void start() {
        postgresql = LocalDatabase.start(directory);
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgresql.createDatabase("directory"));
        dataSource.setUser(postgresql.user());
        Flyway.configure().dataSource(dataSource).load().migrate();
        database = new Database(dataSource);
        linter = new FindingResource(database, new Skeletons());
    }

    @AfterAll
    static void stop() {
        postgresql.close();
    }

    @BeforeEach
    void nothing() {
        sql("TRUNCATE account, mail_group, domain CASCADE");
        domain("a.test", null, false);
        domain("plus.test", "+", false);
        domain("case.test", null, true);
    }

    @Test
    void aSoundDirectoryHasNone() {
        account("alice", "alice@a.test", "a@a.test", "alice+x@plus.test", "alice@plus.test");
        account("bob", "bob@a.test", "alice+y@a.test", "+@plus.test");
        grant("bob", "alice@a.test");
        grant("bob", "*@plus.test");
        grant("bob", "alice+z@plus.test");
        grant("bob", "account:alice");
        account("boss", "Boss@case.test");
        grant("bob", "Boss@Case.test");
        sql("INSERT INTO account VALUES ('former', NULL, false, 0)");
        assertEquals(List.of(), all(Optional.empty(), 100));
    }

    @Test
    void aSubaddressOfAnother() {
        account("alice", "alice@plus.test");
        account("eve", "alice+shop@plus.test", "eve@a.test");
        assertEquals(
                List.of("subaddress-of-another [eve, alice] [alice+shop@plus.test, alice@plus.test]"),
                all(Optional.empty(), 100));
    }

    @Test
    void addressesThatLookAlike() {
        account("paypal", "paypal@a.test");
        account("mallory", "p\u0430ypal@a.test");
        account("upper", "Boss@case.test");
        account("lower", "boss@case.test");
        account("self", "rn@a.test", "m@a.test");
        assertEquals(
                List.of(
                        "confusable-address [upper, lower] [Boss@case.test, boss@case.test]",
                        "confusable-address [paypal, mallory] [paypal@a.test, p\u0430ypal@a.test]"),
                all(Optional.empty(), 100));
        account("idn", "info@xn--fsq.test");
        account("idn2", "inf\u043E@xn--fsq.test");
        domain("xn--fsq.test", null, false);
        assertTrue(all(Optional.of(Kind.CONFUSABLE_ADDRESS), 100)
                .contains("confusable-address [idn, idn2] [info@xn--fsq.test, inf\u043E@xn--fsq.test]"));
    }

    @Test
    void anUnregisteredDomainIsNamedOnce() {
        account("alice", "alice@gone.test", "al@gone.test", "alice@a.test");
        Finding finding = linter.list(Optional.empty(), Optional.empty(), new PageLimit(100))
                .findings()
                .getFirst();
        assertEquals(Optional.of("gone.test"), finding.objects().domain());
        assertEquals(
                "2 addresses are of this domain, which has no settings: mode enforce and no subaddresses hold for it",
                finding.detail());
        assertEquals(List.of("unregistered-domain [alice] [al@gone.test]"), all(Optional.empty(), 100));
    }

    @Test
    void anAccountWithoutPrimaryAddress() {
        account("bare");
        assertEquals(List.of("no-primary-address [bare] []"), all(Optional.empty(), 100));
    }

    @Test
    void grantsThatGiveNothing() {
        account("bob", "bob@a.test");
        sql("INSERT INTO account VALUES ('empty', NULL, false, 0)");
        grant("bob", "nobody@a.test");
        grant("bob", "x@gone.test");
        grant("bob", "*@gone.test");
        grant("bob", "account:empty");
        grant("empty", "bob@a.test");
        grant("bob", "bob@a.test");
        sql("UPDATE account_grant SET valid_until = now() WHERE account = 'bob' AND target = 'bob@a.test'");
        assertEquals(
                List.of(
                        "grant-to-disabled-account [empty] [bob@a.test]",
                        "grant-of-unowned-address [bob] [nobody@a.test]",
                        "grant-of-unregistered-domain [bob] [x@gone.test]",
                        "grant-of-unregistered-domain [bob] [*@gone.test]",
                        "grant-of-no-addresses [bob] [account:empty]",
                        "expired-grant [bob] [bob@a.test]"),
                all(Optional.empty(), 100));
    }

    @Test
    void groupsAreOwnersAndGranteesToo() {
        account("alice", "alice@plus.test");
        sql("INSERT INTO mail_group VALUES ('sales', NULL), ('empty', NULL)");
        sql("INSERT INTO group_member (group_name, account) VALUES ('sales', 'alice')");
        sql("INSERT INTO address (canonical, group_name, address, domain, is_primary, position)"
                + " VALUES ('alice+sales@plus.test', 'sales', 'alice+sales@plus.test', 'plus.test', true, 0),"
                + " ('p\u0430ypal@plus.test', 'sales', 'p\u0430ypal@plus.test', 'plus.test', false, 1)");
        account("paypal", "paypal@plus.test");
        account("bare");
        sql("INSERT INTO group_member (group_name, account) VALUES ('sales', 'bare')");
        for (String group : List.of("sales", "empty")) {
            sql(
                    "INSERT INTO account_grant (group_name, type, target, target_key, target_group, granted_by)"
                            + " VALUES (?, 'send-as', ?, ?, ?, 'admin')",
                    group,
                    "group:" + group,
                    "group:" + group,
                    group);
        }
        assertEquals(
                List.of(
                        "subaddress-of-another [group:sales, alice] [alice+sales@plus.test, alice@plus.test]",
                        "confusable-address [paypal, group:sales] [paypal@plus.test, p\u0430ypal@plus.test]",
                        "no-primary-address [bare] []",
                        "grant-to-empty-group [group:empty] [group:empty]",
                        "grant-of-no-addresses [group:empty] [group:empty]"),
                all(Optional.empty(), 100));
    }

    @Test
    void whereCaseCountsAGrantOfTheOtherCaseGivesNothing() {
        account("boss", "Boss@case.test");
        grant("boss", "boss@case.test");
        assertEquals(List.of("grant-of-unowned-address [boss] [boss@case.test]"), all(Optional.empty(), 100));
    }

    @Test
    void anExpiredCredential() {
        account("bob", "bob@a.test");
        sql("INSERT INTO application_password (id, account, label, salt, iterations, stored_key, server_key,"
                + " valid_until, created_by) VALUES ('00000000', 'bob', 'old', '', 1, '', '', now(), 'admin'),"
                + " ('00000001', 'bob', 'new', '', 1, '', '', now() + interval '1 day', 'admin')");
        Finding finding = linter.list(Optional.of("expired-credential"), Optional.empty(), new PageLimit(100))
                .findings()
                .getFirst();
        assertEquals("DELETE /api/v1/accounts/bob/credentials/00000000", finding.mend());
        assertEquals(List.of("expired-credential [bob] []"), all(Optional.empty(), 100));
    }

    /** The same findings in the same order, however large the pages are. */
    @Test
    void pagesLoseAndRepeatNothing() {
        for (int i = 0; i < 7; i++) {
            account("bare" + i);
            account("user" + i, "u" + i + "@gone" + i + ".test");
            grant("user" + i, "none" + i + "@a.test");
        }
        List<String> whole = all(Optional.empty(), 1000);
        assertEquals(21, whole.size());
        for (int limit : new int[] {1, 2, 7, 20, 21}) {
            assertEquals(whole, all(Optional.empty(), limit), "pages of " + limit);
        }
        assertEquals(7, all(Optional.of(Kind.NO_PRIMARY_ADDRESS), 2).size());
    }

    @Test
    void whatIsNoPlaceIsSaid() {
        for (String after :
                List.of("", "x", "nothing/1", "expired-grant/x", "expired-grant", "no-primary-address/\0")) {
            Refused refused = assertThrows(
                    Refused.class, () -> linter.list(Optional.empty(), Optional.of(after), new PageLimit(100)), after);
            assertEquals(Optional.of("after"), refused.field());
        }
        assertEquals(
                Optional.of("kind"),
                assertThrows(Refused.class, () -> linter.list(Optional.of("x"), Optional.empty(), new PageLimit(100)))
                        .field());
        assertEquals(
                Optional.of("after"),
                assertThrows(
                                Refused.class,
                                () -> linter.list(
                                        Optional.of("expired-grant"),
                                        Optional.of("expired-credential/"),
                                        new PageLimit(1)))
                        .field());
    }

    @Test
    void eachKindHasOneRule() {
        List<Kind> kinds = Stream.concat(AddressRules.ALL.stream(), GrantRules.ALL.stream())
                .map(Rule::kind)
                .sorted()
                .toList();
        assertEquals(List.copyOf(EnumSet.allOf(Kind.class)), kinds);
    }

    private static List<String> all(Optional<Kind> kind, int limit) {
        var all = new ArrayList<Finding>();
        Optional<String> next = Optional.empty();
        do {
            FindingPage page = linter.list(kind.map(Kind::text), next, new PageLimit(limit));
            assertTrue(page.findings().size() <= limit);
            all.addAll(page.findings());
            next = page.next();
        } while (next.isPresent());
        return all.stream()
                .map(one -> Stream.of(
                                one.kind().text(),
                                one.objects().accounts(),
                                one.objects().addresses())
                        .map(Object::toString)
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private static void domain(String name, String delimiter, boolean caseSensitive) {
        sql("INSERT INTO domain VALUES (?, 'enforce', ?, ?)", name, Optional.ofNullable(delimiter), caseSensitive);
    }

    private static void account(String login, String... addresses) {
        sql("INSERT INTO account VALUES (?, NULL, true, 0)", login);
        for (int i = 0; i < addresses.length; i++) {
            boolean caseSensitive = addresses[i].endsWith("@case.test");
            CanonicalAddress canonical =
                    CanonicalAddress.of(addresses[i], caseSensitive).orElseThrow();
            sql(
                    "INSERT INTO address VALUES (?, ?, ?, ?, ?, ?)",
                    canonical.toString(),
                    login,
                    addresses[i],
                    canonical.domain(),
                    i == 0,
                    i);
        }
    }

    private static void grant(String account, String target) {
        boolean whole = target.startsWith("account:");
        sql(
                "INSERT INTO account_grant (account, type, target, target_key, target_domain, target_account, granted_by)"
                        + " VALUES (?, 'send-as', ?, ?, ?, ?, 'admin')",
                account,
                target,
                target.toLowerCase(Locale.ROOT),
                whole
                        ? Optional.empty()
                        : Optional.of(
                                target.substring(target.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT)),
                whole ? Optional.of(target.substring("account:".length())) : Optional.empty());
    }

    private static void sql(String sql, Object... parameters) {
        database.transaction((Connection connection) -> Sql.update(connection, sql, parameters));
    }
}
