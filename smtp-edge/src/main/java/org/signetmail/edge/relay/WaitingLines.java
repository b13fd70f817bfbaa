package org.signetmail.edge.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.signetmail.edge.event.OutboundHeaders;
import org.signetmail.edge.event.OutboundMessage;

/**
 * Lines whose first message finds no room at its destination: they are not read on before there is some, or the sender of
 * that message is to be told something. For the polling thread only.
 */
final class WaitingLines {
    /** Of a line that several share: who stands behind somebody slow gets on by so many places each time. */
    private static final int SENT_TO_THE_END = 20;

    private static final Duration EACH_TIME = Duration.ofSeconds(1);

    private record First(Destination destination, Instant until) {}

    private final Lines lines;
    private final Destinations destinations;
    private final Couriers couriers;
    private final Reports reports;
    private final Clock clock;
    private final Map<TopicPartition, First> stopped = new HashMap<>();
    private final Map<TopicPartition, Integer> toTheEnd = new HashMap<>();

    WaitingLines(Lines lines, Destinations destinations, Couriers couriers, Reports reports, Clock clock) {
        this.lines = lines;
        this.destinations = destinations;
        this.couriers = couriers;
        this.reports = reports;
        this.clock = clock;
    }

    /** Says how many partitions signet.retries has. */
    void partitions(int ofTopic) {
        lines.partitions(ofTopic);
    }

    /** Whether the line is not to be read on from this record; then it is read again when that has changed. */
    boolean stopAt(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = Part.position(record).partition();
        Optional<OutboundMessage> begins = lines.isLine(partition) ? envelope(record) : Optional.empty();
        if (begins.isEmpty()) {
            return false;
        }
        OutboundMessage message = begins.get();
        Destination destination = destinations.of(message.recipients().getFirst());
        Instant notice = reports.nextNotice(message, Instant.ofEpochMilli(record.timestamp()));
        Instant now = clock.instant();
        if (couriers.admits(destination) || !now.isBefore(notice)) {
            return false;
        }
        boolean own = lines.ownsOne(destination);
        if (!own && toTheEnd.getOrDefault(partition, 0) > 0) {
            toTheEnd.merge(partition, -1, Integer::sum);
            return false;
        }
        Instant another = now.plus(EACH_TIME);
        stopped.put(partition, new First(destination, own || notice.isBefore(another) ? notice : another));
        return true;
    }

    /** What begins here; empty for a further part, and for what nobody can read. */
    private static Optional<OutboundMessage> envelope(ConsumerRecord<String, byte[]> record) {
        try {
            Part part = Part.of(record);
            return part.number() == 1
                    ? Optional.of(OutboundHeaders.read(part.id(), part.headers(), new byte[0]))
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty(); // the intake says so, and skips it
        }
    }

    boolean holds(TopicPartition partition) {
        return stopped.containsKey(partition);
    }

    /** Lets lines go on whose destination has room again. */
    void release() {
        if (stopped.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        stopped.entrySet().removeIf(line -> {
            if (!now.isBefore(line.getValue().until())) {
                toTheEnd.put(line.getKey(), SENT_TO_THE_END);
                return true;
            }
            return couriers.admitsMore(line.getValue().destination());
        });
    }

    void forget(Collection<TopicPartition> partitions) {
        stopped.keySet().removeAll(partitions);
        toTheEnd.keySet().removeAll(partitions);
    }

    void clear() {
        stopped.clear();
        toTheEnd.clear();
    }
}
