package org.signetmail.edge.relay;

import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What is settled beyond a committed offset: it travels as the commit's metadata, so that whoever reads the partition next
 * repeats only what was in hand (decision 0068).
 *
 * @param to from here on nothing is known
 * @param open what is not settled before that
 */
public record Beyond(long to, Set<Long> open) {
    public static final Beyond NOTHING = new Beyond(0, Set.of());

    private static final String FORM = "1;";
    private static final String SEPARATOR = ",";
    /** Kafka takes 4096 octets, unless its offset.metadata.max.bytes says otherwise. */
    private static final int LONGEST = 4_000;

    public boolean settled(long offset) {
        return offset < to && !open.contains(offset);
    }

    /**
     * As a commit's metadata: how far each open offset is behind the one before, and how far the end; of too many the first.
     *
     * @param committed the first one that is open
     */
    static String text(long committed, long next, NavigableSet<Long> open) {
        if (open.size() == next - committed) {
            return "";
        }
        var text = new StringBuilder(FORM);
        long before = committed;
        for (long offset : open.tailSet(committed, false)) {
            if (text.length() >= LONGEST) {
                return text.append('=').append(toText(offset - before)).toString();
            }
            text.append(toText(offset - before)).append(SEPARATOR);
            before = offset;
        }
        return text.append('=').append(toText(next - before)).toString();
    }

    private static String toText(long distance) {
        return Long.toString(distance, Character.MAX_RADIX);
    }

    /** What a commit says; nothing when it says nothing that can be read. */
    public static Beyond of(OffsetAndMetadata committed) {
        return Optional.ofNullable(committed)
                .filter(commit -> commit.metadata().startsWith(FORM))
                .flatMap(commit -> read(commit.offset(), commit.metadata().substring(FORM.length())))
                .orElse(NOTHING);
    }

    private static Optional<Beyond> read(long committed, String text) {
        try {
            var open = new HashSet<>(Set.of(committed));
            long at = committed;
            int end = text.indexOf('=');
            for (String distance : text.substring(0, Math.max(0, end)).split(SEPARATOR, -1)) {
                if (!distance.isEmpty()) {
                    at += Long.parseLong(distance, Character.MAX_RADIX);
                    open.add(at);
                }
            }
            return Optional.of(
                    new Beyond(at + Long.parseLong(text.substring(end + 1), Character.MAX_RADIX), Set.copyOf(open)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
