package org.signetmail.notifier.incident;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.signetmail.notifier.event.Reason;

/**
 * What is asked of the record of incidents; all that is there must hold.
 *
 * @param address that was tried
 * @param host IP address of the submitting host, or the name that it gave itself
 * @param from the earliest time, included
 * @param until the end, not included
 */
record Search(
        Optional<String> account,
        Optional<String> address,
        Optional<String> host,
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<Reason> reason) {
    /** A query, newest first; conditions and values in the same order. */
    private static final class Query {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        void and(String condition, Object... those) {
            conditions.add(condition);
            values.addAll(List.of(those));
        }
    }

    /** @param columns to be selected from {@code incident}; {@code limit} 0 for none */
    PreparedStatement prepare(Connection connection, String columns, Optional<UUID> after, int limit)
            throws SQLException {
        var query = new Query();
        account.ifPresent(login -> query.and("account = ?", login));
        address.ifPresent(tried -> query.and("lower(address) = lower(?)", tried));
        host.ifPresent(name -> query.and("(host = ? OR lower(helo) = lower(?))", name, name));
        from.ifPresent(time -> query.and("rejected_at >= ?", time.atOffset(ZoneOffset.UTC)));
        until.ifPresent(time -> query.and("rejected_at < ?", time.atOffset(ZoneOffset.UTC)));
        reason.ifPresent(one -> query.and("reason = ?", one.name().toLowerCase(Locale.ROOT)));
        after.ifPresent(id -> query.and("(rejected_at, id) < (SELECT rejected_at, id FROM incident WHERE id = ?)", id));
        String where = query.conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", query.conditions);
        String most = limit == 0 ? "" : " LIMIT " + limit;
        PreparedStatement select = connection.prepareStatement(
                "SELECT " + columns + " FROM incident" + where + " ORDER BY rejected_at DESC, id DESC" + most);
        for (int i = 0; i < query.values.size(); i++) {
            select.setObject(i + 1, query.values.get(i));
        }
        return select;
    }
}
