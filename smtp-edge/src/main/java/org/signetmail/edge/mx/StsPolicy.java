package org.signetmail.edge.mx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a domain says about the TLS of its hosts (RFC 8461 3.2).
 *
 * @param mx names of its hosts; *.example.test is every name with one label more
 */
record StsPolicy(Mode mode, List<String> mx, Duration maxAge) {
    private static final long LONGEST = 31_557_600; // a year, RFC 8461 3.2

    enum Mode {
        ENFORCE,
        TESTING,
        NONE
    }

    StsPolicy {
        mx = List.copyOf(mx);
    }

    /** Empty when it is no policy that this version of the standard knows. */
    static Optional<StsPolicy> parse(String text) {
        Map<String, String> fields = new HashMap<>();
        var mx = new ArrayList<String>();
        for (String line : text.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).strip();
                String value = line.substring(colon + 1).strip();
                if (name.equals("mx")) {
                    mx.add(value.toLowerCase(Locale.ROOT));
                } else {
                    fields.putIfAbsent(name, value); // RFC 8461 3.2: of duplicates the first counts
                }
            }
        }
        Optional<Mode> mode = mode(fields.getOrDefault("mode", ""));
        String maxAge = fields.getOrDefault("max_age", "");
        boolean valid = "STSv1".equals(fields.get("version"))
                && mode.isPresent()
                && maxAge.matches("\\d{1,10}")
                && (mode.get() == Mode.NONE || !mx.isEmpty());
        return valid
                ? Optional.of(
                        new StsPolicy(mode.get(), mx, Duration.ofSeconds(Math.min(Long.parseLong(maxAge), LONGEST))))
                : Optional.empty();
    }

    private static Optional<Mode> mode(String word) {
        return switch (word) {
            case "enforce" -> Optional.of(Mode.ENFORCE);
            case "testing" -> Optional.of(Mode.TESTING);
            case "none" -> Optional.of(Mode.NONE);
            default -> Optional.empty();
        };
    }

    /** RFC 8461 4.1: a wildcard is one whole label, the leftmost. */
    boolean names(String host) {
        return mx.stream()
                .anyMatch(pattern -> pattern.startsWith("*.")
                        ? host.indexOf('.') > 0
                                && host.substring(host.indexOf('.')).equals(pattern.substring(1))
                        : host.equals(pattern));
    }
}
