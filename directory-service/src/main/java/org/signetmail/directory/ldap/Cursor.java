package org.signetmail.directory.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RootDSE;
import com.unboundid.util.StaticUtils;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How far the changes of a server have been read. Active Directory numbers its changes, each server by itself; others tell
 * when an entry was modified, to the second: the last seconds are read once more, as several servers may write at once.
 *
 * @param server whose numbers or times these are
 * @param position a uSNChanged, or a modifyTimestamp (RFC 4517 section 3.3.13)
 * @param reachedAt when a reading first came this far, by the clock here: no two clocks are compared
 */
record Cursor(String server, boolean numbered, String position, Instant reachedAt) {
    private static final Duration OVERLAP = Duration.ofSeconds(10);
    /** After this time nothing more is modified at the position, so that a server that was filled in seconds is not read over and over. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private static final Instant BEGINNING = Instant.EPOCH;

    /** Where the server is now, before anything of it is read. */
    static Cursor of(LDAPConnection connection) throws LDAPException {
        RootDSE root = connection.getRootDSE();
        String highest = root == null ? null : root.getAttributeValue("highestCommittedUSN");
        return highest == null
                ? new Cursor(connection.getHostPort(), false, text(BEGINNING), Instant.now())
                : new Cursor(
                        invocationId(connection, root.getAttributeValue("dsServiceName")),
                        true,
                        highest,
                        Instant.now());
    }

    /** MS-ADTS 3.1.1.1.9: a server that was restored has another invocationId, and its numbers mean something else. */
    private static String invocationId(LDAPConnection connection, String service) throws LDAPException {
        Entry settings = service == null ? null : connection.getEntry(service, "invocationId");
        byte[] id = settings == null ? null : settings.getAttributeValueBytes("invocationId");
        return id == null ? connection.getHostPort() : HexFormat.of().formatHex(id);
    }

    /** What was changed since, if this is a position of the server that is now at that one. */
    Optional<Filter> changesUntil(Cursor now) {
        if (!server.equals(now.server) || numbered != now.numbered) {
            return Optional.empty();
        }
        if (numbered) {
            long next = Long.parseLong(position) + 1;
            return Optional.of(Filter.createGreaterOrEqualFilter(EntryMapping.USN, Long.toString(next)));
        }
        boolean settled = reachedAt.isBefore(now.reachedAt.minus(SETTLED));
        Instant from = settled ? time().plusSeconds(1) : time().minus(OVERLAP);
        return Optional.of(Filter.createGreaterOrEqualFilter(EntryMapping.MODIFIED, text(from)));
    }

    /** The position when this entry was read too. Numbers come from the server as a whole, times from its entries. */
    Cursor with(Entry entry) {
        Date modified = entry.getAttributeValueAsDate(EntryMapping.MODIFIED);
        return numbered || modified == null || !modified.toInstant().isAfter(time())
                ? this
                : new Cursor(server, false, text(modified.toInstant()), reachedAt);
    }

    /** The later of two positions of one server. */
    Cursor notBefore(Cursor other) {
        boolean later = numbered || !server.equals(other.server) || other.numbered || time().isAfter(other.time());
        return later ? this : other;
    }

    private static String text(Instant time) {
        return StaticUtils.encodeGeneralizedTime(Date.from(time));
    }

    private Instant time() {
        try {
            return StaticUtils.decodeGeneralizedTime(position).toInstant();
        } catch (ParseException e) {
            return BEGINNING;
        }
    }
}
