package org.signetmail.notifier.administrator;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.text.Language;

/** The table {@code administrator}. */
@Singleton
class AdministratorStore {
    private static final String OF_DOMAINS =
            "SELECT domain, address, language FROM administrator WHERE domain = ANY (?) ORDER BY domain, place";
    private static final String DOMAINS =
            "SELECT DISTINCT domain FROM administrator WHERE domain > ? ORDER BY domain LIMIT ?";
    private static final String DELETE = "DELETE FROM administrator WHERE domain = ?";
    private static final String ADD =
            "INSERT INTO administrator (domain, place, address, language) VALUES (?, ?, ?, ?)";
    /** Whoever replaces a domain's administrators waits for whoever does the same; their number is not a row to lock. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('administrator'), hashtext(?))";

    /** The administrators of those of these domains that have their own. */
    Map<String, Administration> find(Connection connection, Set<String> domains) throws SQLException {
        if (domains.isEmpty()) {
            return Map.of();
        }
        try (PreparedStatement select = connection.prepareStatement(OF_DOMAINS)) {
            select.setObject(1, domains.toArray(String[]::new));
            var found = new HashMap<String, List<Administrator>>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(new Administrator(
                                    Mailbox.of(row.getString(2)).orElseThrow(),
                                    Language.named(row.getString(3)).orElseThrow()));
                }
            }
            return found.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Administration(entry.getValue())));
        }
    }

    Optional<Administration> find(Connection connection, String domain) throws SQLException {
        return Optional.ofNullable(find(connection, Set.of(domain)).get(domain));
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
