package org.signetmail.directory.changes;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.DirectoryMetrics;
import org.signetmail.directory.DirectoryMetrics.Published;
import org.signetmail.directory.changes.Outbox.Moment;
import org.signetmail.directory.changes.Outbox.Row;
import org.signetmail.directory.database.Database;

/**
 * One round of the change feed: publish what is pending, delete what Kafka acknowledged, then the heartbeat. Whatever
 * fails in between rolls the deletion back, so that the rows are published again: duplicates, never losses.
 */
@Singleton
class ChangePublisher {
    /** How a round ended. */
    enum Round {
        /** Another instance publishes. */
        STAND_BY,
        /** A full batch went out and more is pending: every change committed before the next one took its time is out. */
        MORE,
        /** Every change committed before the heartbeat's time is out. */
        DRAINED
    }

    private final Database database;
    private final Outbox outbox;
    private final ChangeTopic topic;
    private final DirectoryMetrics metrics;
    private final int batchSize;

    ChangePublisher(
            Database database, Outbox outbox, ChangeTopic topic, DirectoryMetrics metrics, DirectoryConfig config) {
        this.database = database;
        this.outbox = outbox;
        this.topic = topic;
        this.metrics = metrics;
        this.batchSize = config.changes().batchSize();
    }

    /** @throws RuntimeException when Kafka or PostgreSQL failed; the round may be repeated at once */
    Round round() {
        return database.transaction(connection -> {
            boolean publisher = outbox.lock(connection);
            Moment moment = outbox.moment(connection);
            metrics.outbox(moment.pending(), moment.waited());
            return publisher ? publish(connection, moment) : Round.STAND_BY;
        });
    }

    /**
     * The moment's clock was read before the rows: a change that was committed before it is among them or was published
     * earlier. A change that took its time before it and is committed later is not what a heartbeat speaks of.
     */
    private Round publish(Connection connection, Moment moment) throws SQLException {
        List<Row> rows = outbox.oldest(connection, batchSize + 1);
        boolean more = rows.size() > batchSize;
        List<Row> batch = more ? rows.subList(0, batchSize) : rows;
        if (!batch.isEmpty()) {
            send(batch.stream().map(Row::event).toList());
            outbox.delete(connection, batch);
        }
        // Only after the acknowledgement of the rows: a producer may lose one record and deliver the next.
        DirectoryChange heartbeat = more
                ? upTo(batch.getLast(), rows.getLast(), moment)
                : DirectoryChange.heartbeat(moment.version(), moment.at());
        send(List.of(new Event(UUID.randomUUID(), heartbeat)));
        return more ? Round.MORE : Round.DRAINED;
    }

    /** The next row took its time before it was committed, and whatever is behind it was committed later still. */
    private static DirectoryChange upTo(Row last, Row next, Moment moment) {
        Instant at = next.event().change().at();
        return DirectoryChange.heartbeat(last.event().change().version(), at.isBefore(moment.at()) ? at : moment.at());
    }

    private void send(List<Event> events) {
        topic.publish(events);
        for (Event event : events) {
            metrics.published(
                    switch (event.change().kind()) {
                        case ACCOUNT -> Published.ACCOUNT;
                        case DOMAIN -> Published.DOMAIN;
                        case GROUP -> Published.GROUP;
                        case HEARTBEAT -> Published.HEARTBEAT;
                    });
        }
    }
}
