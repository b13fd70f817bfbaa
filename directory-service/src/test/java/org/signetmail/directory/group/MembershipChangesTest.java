package org.signetmail.directory.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.AddressStore;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.domain.DomainStore;
import org.signetmail.directory.grant.GrantBody;
import org.signetmail.directory.grant.GrantStore;
import org.signetmail.directory.grant.GrantTarget;
import org.signetmail.directory.grant.GrantType;
import org.signetmail.directory.group.MemberStore.Candidate;
import org.signetmail.directory.problem.Refused;
import org.signetmail.local.database.LocalDatabase;

/** Whom a change of groups concerns, and that two writers cannot do together what neither may alone. */
class MembershipChangesTest {
    @TempDir
    static Path directory;

    // The common pool has one thread on two cores.
    private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);

    private static LocalDatabase postgresql;
    private static Database database;

    private static final ChangeLog CHANGES = new ChangeLog();
    private static final AddressStore ADDRESSES = new AddressStore();
    private static final GroupStore GROUPS = new GroupStore(ADDRESSES, new DomainStore(ADDRESSES, CHANGES), CHANGES);
    private static final MemberStore MEMBERS = new MemberStore(CHANGES);
    private static final GrantStore GRANTS = new GrantStore(CHANGES);

    @BeforeAll
    static void start() {
        postgresql = LocalDatabase.start(directory.resolve("postgresql"));
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgresql.createDatabase("directory"));
        dataSource.setUser(postgresql.user());
        Flyway.configure().dataSource(dataSource).load().migrate();
        database = new Database(dataSource);
    }

    @AfterAll
    static void stop() {
        postgresql.close();
    }

    @BeforeEach
    void empty() {
        database.transaction(connection -> Sql.update(
                connection, "TRUNCATE account, mail_group, group_member, address, account_grant, outbox CASCADE"));
    }

    /** The second writer comes while the first has not committed: it waits, and then sees what the first wrote. */
    @Test
    void twoWritersCannotCloseACircleTogether() throws Exception {
        groups("a", "b");
        var written = new CountDownLatch(1);
        var mayCommit = new CountDownLatch(1);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(
                () -> database.write(transaction -> {
                    int added = add(transaction, "a", "group:b");
                    written.countDown();
                    await(mayCommit);
                    return added;
                }),
                VIRTUAL);
        await(written);
        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(
                () -> database.write(transaction -> add(transaction, "b", "group:a")), VIRTUAL);
        until(MembershipChangesTest::aWriterWaits);
        mayCommit.countDown();
        assertEquals(1, first.get(20, TimeUnit.SECONDS));
        var failed = assertThrows(CompletionException.class, second::join);
        assertEquals("This would be a circle: a > b > a", ((Refused) failed.getCause()).getMessage());
        assertEquals(
                List.of("group:b"),
                database.transaction(connection -> MEMBERS.page(connection, new GroupName("a"), "", 10)));
        assertEquals(
                List.of(), database.transaction(connection -> MEMBERS.page(connection, new GroupName("b"), "", 10)));
    }

    @Test
    void upToAThousandAccountsAreNamed() {
        groups("top", "big");
        accounts(1000);
        add("top", "group:big");
        addAll("big");
        forget();
        long before = everyone();
        grant("group:top", "press@x.test");
        assertEquals(List.of(1000L, 0L), List.of(pending("account"), pending("group_name")));
        assertEquals(before, everyone());
    }

    @Test
    void ofMoreThereIsOneEventForAll() {
        groups("top", "big");
        accounts(1001);
        addAll("big");
        forget();
        long before = everyone();
        add("top", "group:big");
        assertEquals(List.of(0L, 1L), List.of(pending("account"), pending("group_name")));
        assertTrue(everyone() > before);
        forget();
        add("top", "a1");
        remove("big", "a2");
        assertEquals(List.of("a1", "a2"), named());
    }

    @Test
    void whoeverIsBelowIsConcernedAndNobodyElse() {
        groups("top", "mid", "low", "side");
        accounts(4);
        add("top", "group:mid");
        add("mid", "group:low");
        add("low", "a0");
        add("mid", "a1");
        add("top", "a2");
        add("side", "a3");
        forget();
        grant("group:mid", "press@x.test");
        assertEquals(List.of("a0", "a1"), named());
        forget();
        remove("mid", "group:low");
        assertEquals(List.of("a0"), named());
        forget();
        database.write(transaction -> GROUPS.delete(transaction, new GroupName("mid")));
        assertEquals(List.of("a1"), named());
    }

    @Test
    void theAddressesOfAGroupConcernThoseWhoWereGrantedIt() {
        groups("shop", "team");
        accounts(3);
        add("team", "a0");
        add("shop", "a2");
        grant("group:team", "group:shop");
        grant("a1", "group:shop");
        forget();
        database.write(transaction -> GROUPS.put(
                transaction, new Group("shop", Optional.empty(), List.of(new Address("shop@x.test", true)))));
        assertEquals(List.of("a0", "a1"), named());
    }

    private static void groups(String... names) {
        for (String name : names) {
            database.write(transaction -> GROUPS.put(transaction, new Group(name, Optional.empty(), List.of())));
        }
    }

    private static void accounts(int number) {
        database.transaction(connection -> Sql.update(
                connection,
                "INSERT INTO account (login, enabled, version) SELECT 'a' || i, true, 0"
                        + " FROM generate_series(0, ? - 1) AS i",
                number));
    }

    private static void addAll(String group) {
        List<String> logins = database.transaction(
                connection -> Sql.list(connection, "SELECT login FROM account", row -> row.getString(1)));
        database.write(transaction -> add(transaction, group, logins.toArray(String[]::new)));
    }

    private static void add(String group, String... members) {
        database.write(transaction -> add(transaction, group, members));
    }

    private static int add(WriteTransaction transaction, String group, String... members) throws SQLException {
        return MEMBERS.add(
                transaction,
                new GroupName(group),
                IntStream.range(0, members.length)
                        .mapToObj(i -> new Candidate(party(members[i]), "add[" + i + "]"))
                        .toList());
    }

    private static void remove(String group, String member) {
        database.write(transaction -> MEMBERS.remove(transaction, new GroupName(group), List.of(party(member))));
    }

    private static void grant(String grantee, String target) {
        database.write(transaction -> GRANTS.add(
                transaction,
                GrantBody.Checked.unbound(party(grantee), GrantType.SEND_AS, GrantTarget.parse(target)),
                "test"));
    }

    private static Party party(String text) {
        return Party.of(text).orElseThrow();
    }

    private static void forget() {
        database.transaction(connection -> Sql.update(connection, "DELETE FROM outbox"));
    }

    private static long pending(String column) {
        return one("SELECT count(" + column + ") FROM outbox");
    }

    private static long everyone() {
        return one("SELECT domains FROM directory_version");
    }

    private static long one(String sql) {
        return database.transaction(connection -> Sql.one(connection, sql, row -> row.getLong(1)))
                .orElseThrow();
    }

    private static List<String> named() {
        return database.transaction(connection ->
                Sql.list(connection, "SELECT account FROM outbox ORDER BY account", row -> row.getString(1)));
    }

    private static boolean aWriterWaits() {
        return database.transaction(connection -> Sql.exists(
                connection,
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"));
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "in time");
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
