package org.signetmail.edge.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * What the fuzz targets share: how long they run, and how octets are changed. {@code -Dsignet.fuzz.iterations=N} makes a
 * run longer than the few seconds that belong to the tests, {@code -Dsignet.fuzz.seed=N} makes it another one.
 */
public final class Fuzz {
    /** Octets that mean something to some reader. */
    private static final byte[] SPECIAL =
            "\r\n\0.<>@\"\\:;,()[]= \t%!*+-\u007F\u0080\u00C3\u00FF".getBytes(StandardCharsets.ISO_8859_1);

    private Fuzz() {}

    public static long iterations(long inTheTests) {
        return Long.getLong("signet.fuzz.iterations", inTheTests);
    }

    public static long seed() {
        return Long.getLong("signet.fuzz.seed", 5321);
    }

    public static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A few octets changed, taken away, put in, doubled or moved. */
    public static String mutated(Random random, String text, List<String> tokens) {
        var changed = new StringBuilder(text);
        for (int times = random.nextInt(1, 4); times > 0; times--) {
            int at = random.nextInt(changed.length() + 1);
            switch (random.nextInt(6)) {
                case 0 -> changed.insert(at, (char) (SPECIAL[random.nextInt(SPECIAL.length)] & 0xFF));
                case 1 -> changed.insert(at, one(random, tokens));
                case 2 -> changed.insert(at, (char) random.nextInt(256));
                case 3 -> changed.delete(at, Math.min(changed.length(), at + random.nextInt(1, 4)));
                case 4 -> {
                    int end = Math.min(changed.length(), at + random.nextInt(1, 12));
                    changed.insert(at, changed.substring(at, end));
                }
                default -> {
                    if (at < changed.length()) {
                        changed.setCharAt(at, (char) (SPECIAL[random.nextInt(SPECIAL.length)] & 0xFF));
                    }
                }
            }
        }
        return changed.toString();
    }
}
