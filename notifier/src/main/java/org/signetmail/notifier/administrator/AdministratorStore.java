package org.signetmail.notifier.administrator;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.text.Language;

/** The table {@code administrator}; domains that are not in it have the administrators of the configuration. */
@Singleton
public class AdministratorStore {
    private static final String OF_DOMAIN =
            "SELECT address, language FROM administrator WHERE domain = ? ORDER BY place";
    private static final String DOMAINS =
            "SELECT DISTINCT domain FROM administrator WHERE domain > ? ORDER BY domain LIMIT ?";
    private static final String DELETE = "DELETE FROM administrator WHERE domain = ?";
    private static final String ADD =
            "INSERT INTO administrator (domain, place, address, language) VALUES (?, ?, ?, ?)";
    /** Whoever replaces a domain's administrators waits for whoever does the same; their number is not a row to lock. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('administrator'), hashtext(?))";

    private final Administration defaults;

    AdministratorStore(NotifierConfig config) {
        Language language = config.texts().language();
        this.defaults = new Administration(config.administrator().stream()
                .map(address -> new Administrator(configured(address), language))
                .toList());
    }

    private static Mailbox configured(String address) {
        return Mailbox.of(address.strip())
                .orElseThrow(() -> new IllegalArgumentException("signet.administrator: no mail can go to " + address));
    }

    Administration defaults() {
        return defaults;
    }

    /** Who is told of refusals of an account with this primary address. */
    public Administration responsible(Connection connection, Optional<String> primaryAddress) throws SQLException {
        Optional<Mailbox> owner = primaryAddress.flatMap(Mailbox::of);
        return owner.isEmpty()
                ? defaults
                : find(connection, owner.get().domain()).orElse(defaults);
    }

    Optional<Administration> find(Connection connection, String domain) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OF_DOMAIN)) {
            select.setString(1, domain);
            var administrators = new ArrayList<Administrator>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    administrators.add(new Administrator(
                            Mailbox.of(row.getString(1)).orElseThrow(),
                            Language.named(row.getString(2)).orElseThrow()));
                }
            }
            return administrators.isEmpty() ? Optional.empty() : Optional.of(new Administration(administrators));
        }
    }

    /** At most so many domains that have administrators of their own, behind this one. */
    List<String> domains(Connection connection, String after, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(DOMAINS)) {
            select.setString(1, after);
            select.setInt(2, most);
            var domains = new ArrayList<String>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    domains.add(row.getString(1));
                }
            }
            return domains;
        }
    }

    void replace(Connection connection, String domain, Administration administration) throws SQLException {
        try (PreparedStatement alone = connection.prepareStatement(ALONE)) {
            alone.setString(1, domain);
            alone.execute();
        }
        delete(connection, domain);
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Administrator administrator : administration.administrators()) {
                int place = administration.administrators().indexOf(administrator);
                add.setString(1, domain);
                add.setInt(2, place);
                add.setString(3, administrator.mailbox().path());
                add.setString(4, administrator.language().word());
                add.addBatch();
            }
            add.executeBatch();
        }
    }

    /** False when there were none. */
    boolean delete(Connection connection, String domain) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setString(1, domain);
            return delete.executeUpdate() > 0;
        }
    }
}
