package org.signetmail.edge.operator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in signet.retries a page ended. */
record Place(int partition, long offset) {
    /** What stands for: nothing of this partition. */
    static final long DONE = -1;

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})-(\\d{1,18})");

    static Optional<Place> of(String text) {
        Matcher place = FORM.matcher(text);
        return place.matches()
                ? Optional.of(new Place(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2))))
                : Optional.empty();
    }

    /** The first offset behind this place. */
    long behind(int other) {
        if (other == partition) {
            return offset + 1;
        }
        return other < partition ? DONE : 0;
    }

    String text() {
        return partition + "-" + offset;
    }
}
