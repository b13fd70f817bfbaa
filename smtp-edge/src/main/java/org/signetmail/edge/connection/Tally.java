package org.signetmail.edge.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many there are at the moment, by key, and no more of each than allowed. Keys without any cost nothing. */
public final class Tally<K> {
    private final Map<K, Integer> counts = new ConcurrentHashMap<>();

    /** Counts one more; false, and nothing is counted, when that would be over the limit. */
    boolean enter(K key, long limit) {
        boolean[] entered = {false};
        counts.compute(key, (_, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = before < limit;
            return entered[0] ? Integer.valueOf(before + 1) : count;
        });
        return entered[0];
    }

    void leave(K key) {
        counts.compute(key, (_, count) -> count == null || count <= 1 ? null : Integer.valueOf(count - 1));
    }

    int keys() {
        return counts.size();
    }
}
