package org.signetmail.directory.ldap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.DirectoryMetrics;
import org.signetmail.directory.account.Account;
import org.signetmail.directory.account.AccountStore;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.AddressStore;
import org.signetmail.directory.changes.Backlog;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.credential.CredentialStore;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.credential.Password;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.domain.DomainStore;
import org.signetmail.directory.grant.Grant;
import org.signetmail.directory.grant.GrantSearch;
import org.signetmail.directory.grant.GrantStore;
import org.signetmail.directory.ldap.Synchroniser.Request;
import org.signetmail.directory.parts.Defaults;
import org.signetmail.directory.suspension.SuspensionStore;
import org.signetmail.local.database.LocalDatabase;

/** The synchroniser without the running service: a real PostgreSQL, and whatever LDAP server a test has. */
final class Workbench implements AutoCloseable {
    private final LocalDatabase postgresql;
    final Database database;
    final AccountStore accounts;
    final GrantStore grants;
    final EntryStore entries = new EntryStore();
    private final SynchronisationStore record;
    private final ChangeLog changes = new ChangeLog();

    Workbench(Path directory) {
        postgresql = LocalDatabase.start(directory);
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgresql.createDatabase("directory"));
        dataSource.setUser(postgresql.user());
        Flyway.configure().dataSource(dataSource).load().migrate();
        database = new Database(dataSource);
        var addresses = new AddressStore();
        accounts = new AccountStore(
                addresses,
                new DomainStore(addresses, changes),
                new CredentialStore(),
                new SuspensionStore(changes),
                changes);
        grants = new GrantStore(changes);
        record = new SynchronisationStore(new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule()));
    }

    /** Forgets all accounts and all that was read. */
    void clear() {
        database.write(transaction -> {
            try (var statement = transaction.connection().createStatement()) {
                return statement.execute("TRUNCATE account, ldap_entry, ldap_cursor, synchronisation, outbox CASCADE");
            }
        });
    }

    DirectoryConfig config(String url, Map<String, String> more) {
        var settings = new HashMap<String, String>();
        settings.put("signet.ldap.urls", url);
        settings.put("signet.ldap.allow-plaintext", "true");
        settings.put("signet.ldap.bases", Slapd.BASE);
        settings.put("signet.ldap.bind-dn", Slapd.ADMIN);
        settings.put("signet.ldap.bind-password", Slapd.PASSWORD);
        settings.put("signet.ldap.connect-timeout", "1s");
        settings.put("signet.ldap.response-timeout", "2s");
        settings.put("signet.ldap.password-timeout", "2s");
        settings.putAll(more);
        return Defaults.config(settings);
    }

    Synchroniser synchroniser(DirectoryConfig config) {
        var reader = new LdapReader(new LdapServers(config, noTls()), config);
        var writer = new DifferenceWriter(
                database, accounts, entries, new DelegateGrants(grants), new Backlog(database, unlimited()));
        var metrics = new DirectoryMetrics(new SimpleMeterRegistry());
        return new Synchroniser(reader, entries, record, accounts, writer, database, metrics, config);
    }

    BindPasswords passwords(DirectoryConfig config) {
        return new BindPasswords(database, entries, new LdapServers(config, noTls()), config);
    }

    static Request everything() {
        return new Request(true, false, Optional.empty());
    }

    Optional<Account> account(String login) {
        return database.transaction(connection -> accounts.find(connection, new Login(login)));
    }

    List<String> addresses(String login) {
        return account(login).orElseThrow().addresses().stream()
                .map(Address::address)
                .toList();
    }

    /** Grants to the account as "send-as account:support". */
    List<String> grantsTo(String login) {
        List<Grant> all = database.transaction(connection ->
                new GrantSearch(Optional.of(login), Optional.empty(), Optional.empty(), 0, 100).run(connection));
        return all.stream().map(grant -> grant.type() + " " + grant.target()).toList();
    }

    void withdrawAllGrants() {
        database.write(transaction -> {
            try (var statement = transaction.connection().createStatement()) {
                return statement.executeUpdate("DELETE FROM account_grant");
            }
        });
    }

    /** What an administrator does by hand. */
    void put(String login, String... addresses) {
        var all = new java.util.ArrayList<Address>();
        for (String address : addresses) {
            all.add(new Address(address, all.isEmpty()));
        }
        database.write(transaction -> accounts.put(
                transaction,
                new Account(login, Optional.empty(), true, Optional.empty(), Optional.empty(), all),
                Optional.empty()));
    }

    static Password password(String text) {
        return new Password(text);
    }

    /** No outbox is emptied here. */
    private static DirectoryConfig unlimited() {
        return Defaults.config(Map.of("signet.changes.backlog", "1000000"));
    }

    private static TlsConfigurationRegistry noTls() {
        return (TlsConfigurationRegistry) Proxy.newProxyInstance(
                Workbench.class.getClassLoader(),
                new Class<?>[] {TlsConfigurationRegistry.class},
                (proxy, method, arguments) -> Optional.<TlsConfiguration>empty());
    }

    @Override
    public void close() {
        postgresql.close();
    }
}
