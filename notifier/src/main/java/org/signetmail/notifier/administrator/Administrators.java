package org.signetmail.notifier.administrator;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.text.Language;

/** Who is told of refusals: a domain's own administrators, else those of the configuration. */
@Singleton
public class Administrators {
    private final AdministratorStore store;
    private final Administration defaults;

    Administrators(AdministratorStore store, NotifierConfig config) {
        this.store = store;
        Language language = config.texts().language();
        this.defaults = new Administration(config.administrator().stream()
                .map(address -> new Administrator(configured(address), language))
                .toList());
    }

    private static Mailbox configured(String address) {
        return Mailbox.of(address.strip())
                .orElseThrow(() -> new IllegalArgumentException("signet.administrator: no mail can go to " + address));
    }

    /** The administrators of some domains. */
    public record Responsible(Map<String, Administration> byDomain, Administration defaults) {
        /** Who is told of refusals of an account with this primary address. */
        public Administration of(Optional<String> primaryAddress) {
            return domain(primaryAddress).map(byDomain::get).orElse(defaults);
        }
    }

    Administration defaults() {
        return defaults;
    }

    /** Who is told of refusals of accounts with these primary addresses. */
    public Responsible responsible(Connection connection, Collection<Optional<String>> primaryAddresses)
            throws SQLException {
        var domains = primaryAddresses.stream()
                .flatMap(address -> domain(address).stream())
                .collect(Collectors.toSet());
        return new Responsible(store.find(connection, domains), defaults);
    }

    private static Optional<String> domain(Optional<String> primaryAddress) {
        return primaryAddress.flatMap(Mailbox::of).map(Mailbox::domain);
    }
}
