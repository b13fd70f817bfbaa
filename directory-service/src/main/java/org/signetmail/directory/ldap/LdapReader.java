package org.signetmail.directory.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.LdapConfig;

/** Reads the accounts and groups of a server, page by page (RFC 2696): everything, or what changed since a cursor. */
@Singleton
class LdapReader {
    private static final Pattern SEMICOLON = Pattern.compile(";");

    /**
     * What was read, wholly: a search that fails half-way gives none of this.
     *
     * @param everything whether an entry that is not among these is none any more
     * @param unwanted entries that changed and are neither account nor group now: they may have been one
     */
    record Reading(List<LdapEntry> entries, boolean everything, Set<String> unwanted, Cursor cursor) {}

    /** Takes an entry as it comes. */
    private interface Reader {
        void read(SearchResultEntry entry) throws LDAPException;
    }

    private final LdapServers servers;
    private final LdapConfig config;
    private final EntryMapping mapping;

    LdapReader(LdapServers servers, DirectoryConfig config) {
        this.servers = servers;
        this.config = config.ldap();
        this.mapping = new EntryMapping(config.ldap().attributes());
    }

    /** @throws LDAPException when the server does not answer, or answers only in part */
    Reading read(Optional<Cursor> since) throws LDAPException {
        try (LDAPConnection connection = servers.forReading().getConnection()) {
            Cursor now = Cursor.of(connection);
            Optional<Filter> changes = since.flatMap(cursor -> cursor.changesUntil(now));
            var run = new Run(connection, now);
            for (String base : bases()) {
                // First: what changes in between is then found by the others, or the next time, and nothing seems gone.
                if (changes.isPresent()) {
                    run.changed(base, changes.get());
                }
                run.entries(base, config.groupFilter(), changes, true);
                run.entries(base, config.filter(), changes, false);
            }
            run.changed.removeAll(run.entries.keySet());
            Cursor cursor = changes.isPresent() ? run.cursor.notBefore(since.orElseThrow()) : run.cursor;
            return new Reading(List.copyOf(run.entries.values()), changes.isEmpty(), run.changed, cursor);
        }
    }

    private List<String> bases() {
        return Arrays.stream(SEMICOLON.split(config.bases().orElse("")))
                .map(String::strip)
                .filter(base -> !base.isEmpty())
                .toList();
    }

    /** One reading. An entry that both filters find is a group: its mail address is not somebody's who signs in. */
    private final class Run {
        private final LDAPConnection connection;
        private final RangedValues values;
        private final Map<String, LdapEntry> entries = new LinkedHashMap<>();
        private final Set<String> changed = new HashSet<>();
        private Cursor cursor;

        Run(LDAPConnection connection, Cursor cursor) {
            this.connection = connection;
            this.values = new RangedValues(connection);
            this.cursor = cursor;
        }

        void changed(String base, Filter changes) throws LDAPException {
            var request = new SearchRequest(base, SearchScope.SUB, changes, mapping.identifying());
            search(request, entry -> mapping.id(entry).ifPresent(changed::add));
        }

        void entries(String base, String filter, Optional<Filter> changes, boolean groups) throws LDAPException {
            Filter wanted = Filter.create(filter);
            var request = new SearchRequest(
                    base,
                    SearchScope.SUB,
                    changes.isPresent() ? Filter.createANDFilter(wanted, changes.get()) : wanted,
                    mapping.requested());
            search(request, entry -> {
                cursor = cursor.with(entry);
                mapping.map(values.whole(entry), groups).ifPresent(found -> entries.putIfAbsent(found.id(), found));
            });
        }

        private void search(SearchRequest request, Reader reader) throws LDAPException {
            ASN1OctetString cookie = null;
            do {
                request.setControls(new SimplePagedResultsControl(config.pageSize(), cookie));
                SearchResult page = connection.search(request);
                for (SearchResultEntry entry : page.getSearchEntries()) {
                    reader.read(entry);
                }
                SimplePagedResultsControl answer = SimplePagedResultsControl.get(page);
                cookie = answer == null ? null : answer.getCookie();
            } while (cookie != null && cookie.getValueLength() > 0);
        }
    }
}
