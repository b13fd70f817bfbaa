package org.signetmail.policy.event;

import java.util.List;

/** What a tolerant reader still insists on. */
final class Required {
    private Required() {}

    static <T> T field(T value, String name) {
        if (value == null || value.equals("")) {
            throw new IllegalArgumentException("No " + name);
        }
        return value;
    }

    static <T> List<T> list(List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }
}
