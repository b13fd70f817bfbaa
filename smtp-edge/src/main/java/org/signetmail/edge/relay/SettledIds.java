package org.signetmail.edge.relay;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/** Messages that were settled lately, the newest ones up to a limit. For the polling thread only. */
final class SettledIds {
    private final int limit;
    private final SequencedSet<String> keys = new LinkedHashSet<>();

    SettledIds(int limit) {
        this.limit = limit;
    }

    void add(String key) {
        keys.add(key);
        if (keys.size() > limit) {
            keys.removeFirst();
        }
    }

    boolean contains(String key) {
        return keys.contains(key);
    }
}
