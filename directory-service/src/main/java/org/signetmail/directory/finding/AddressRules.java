package org.signetmail.directory.finding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.signetmail.directory.finding.Finding.Objects;

/** What is looked for in addresses, and in the accounts that have them. */
final class AddressRules {
    static final List<Rule> ALL = List.of(
            Rule.byText(Kind.SUBADDRESS_OF_ANOTHER, """
                SELECT a.canonical AS key, a.owner AS account, a.address, other.owner, other.address AS base
                FROM address a JOIN domain d ON d.name = a.domain
                CROSS JOIN LATERAL (SELECT left(a.canonical, -char_length(a.domain) - 1) AS part) AS local
                JOIN address other ON other.owner <> a.owner
                    AND other.canonical = left(part, position(d.subaddress_delimiter IN part) - 1) || '@' || a.domain
                WHERE a.canonical > ? AND position(d.subaddress_delimiter IN part) > 1
                ORDER BY a.canonical LIMIT ?
                """, AddressRules::subaddress),
            Rule.byText(Kind.CONFUSABLE_ADDRESS, """
                SELECT alike.skeleton AS key, array_agg(a.owner ORDER BY a.canonical) AS accounts,
                    array_agg(a.address ORDER BY a.canonical) AS addresses
                FROM (SELECT skeleton FROM address WHERE skeleton > ? GROUP BY skeleton
                    HAVING min(owner) <> max(owner) ORDER BY skeleton LIMIT ?) AS alike
                CROSS JOIN LATERAL (SELECT canonical, owner, address FROM address
                    WHERE skeleton = alike.skeleton ORDER BY canonical LIMIT 10) AS a
                GROUP BY alike.skeleton ORDER BY alike.skeleton
                """, AddressRules::confusable),
            Rule.byText(Kind.UNREGISTERED_DOMAIN, """
                SELECT domain AS key, count(*) AS addresses, min(owner) AS account, min(canonical) AS address
                FROM address WHERE domain > ? AND NOT EXISTS (SELECT FROM domain WHERE name = address.domain)
                GROUP BY domain ORDER BY domain LIMIT ?
                """, AddressRules::unregistered),
            Rule.byText(Kind.NO_PRIMARY_ADDRESS, """
                SELECT login AS key, EXISTS (SELECT FROM account_grant WHERE account = login)
                    OR EXISTS (SELECT FROM group_member WHERE account = login) AS granted
                FROM account WHERE login > ? AND enabled
                    AND NOT EXISTS (SELECT FROM address WHERE account = login AND is_primary)
                ORDER BY login LIMIT ?
                """, AddressRules::noPrimary),
            Rule.byText(Kind.EXPIRED_CREDENTIAL, """
                SELECT id AS key, account, label FROM application_password
                WHERE id > ? AND valid_until <= clock_timestamp() ORDER BY id LIMIT ?
                """, AddressRules::expiredCredential));

    private AddressRules() {}

    private static Finding subaddress(ResultSet row) throws SQLException {
        String owner = row.getString("owner");
        return new Finding(
                Kind.SUBADDRESS_OF_ANOTHER,
                Objects.of(
                        List.of(row.getString("account"), owner),
                        List.of(row.getString("address"), row.getString("base"))),
                "Two accounts may use the address: by the domain's delimiter it is a subaddress of " + owner + "'s",
                "Take the address from its account, or the delimiter from the domain");
    }

    private static Finding confusable(ResultSet row) throws SQLException {
        return new Finding(
                Kind.CONFUSABLE_ADDRESS,
                Objects.of(texts(row, "accounts"), texts(row, "addresses")),
                "Readers may take one of these addresses for another",
                "Rename one, unless both are known to be meant");
    }

    private static Finding unregistered(ResultSet row) throws SQLException {
        String domain = row.getString("key");
        return new Finding(
                Kind.UNREGISTERED_DOMAIN,
                new Objects(
                        List.of(row.getString("account")),
                        List.of(row.getString("address")),
                        Optional.of(domain),
                        Optional.empty()),
                row.getLong("addresses") + " addresses are of this domain, which has no settings: mode enforce and no"
                        + " subaddresses hold for it",
                "PUT /api/v1/domains/" + domain + ", or withdraw the addresses");
    }

    private static Finding noPrimary(ResultSet row) throws SQLException {
        boolean granted = row.getBoolean("granted");
        return new Finding(
                Kind.NO_PRIMARY_ADDRESS,
                Objects.of(List.of(row.getString("key")), List.of()),
                granted
                        ? "The account sends by grants alone: its refusals are told to the administrator only"
                        : "The account has no address and no grant: it signs in and can send nothing",
                "Give it an address, or disable it");
    }

    private static Finding expiredCredential(ResultSet row) throws SQLException {
        String account = row.getString("account");
        return new Finding(
                Kind.EXPIRED_CREDENTIAL,
                Objects.of(List.of(account), List.of()),
                "The application password \"" + row.getString("label") + "\" has expired",
                "DELETE /api/v1/accounts/" + account + "/credentials/" + row.getString("key"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
