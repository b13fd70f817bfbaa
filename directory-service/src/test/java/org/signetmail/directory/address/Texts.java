package org.signetmail.directory.address;

import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/** Texts by chance. Whoever fails with one reads the seed that makes it again: {@code -DargLine=-Dsignet.seed=N}. */
final class Texts {
    private static final int TRIES = 20_000;
    private static final String[] FRAGMENTS = {
        "alice",
        "Alice",
        "\u00fc",
        "u\u0308",
        "\u00df",
        "\u0130",
        "\u0131",
        "\u01f0",
        "\u03c2",
        "\u0345",
        "\u0390",
        "\u1fb3",
        "\u0430",
        "\uff41",
        "\u212a",
        "\u00ad",
        "\u200b",
        "\u200d",
        "\u202e",
        "\ufeff",
        "\u05d0",
        "\u0661",
        "\u3002",
        "\uff0e",
        "@",
        "@",
        "*@",
        ".",
        "..",
        "-",
        "--",
        "xn--",
        "xn--bcher-kva",
        "xn--a",
        "[127.0.0.1]",
        "[",
        "]",
        "+",
        "%",
        "!",
        " ",
        "\"",
        "\\",
        "\u0000",
        "\r\n",
        "\ud800",
        "\udc00",
        "example",
        ".test",
        "\ud83d\ude00"
    };
    /** Letters whose upper and lower case fold to the same, without exception. */
    private static final String LETTERS =
            "abcxyz0189._-+\u00e4\u00e9\u00f8\u00fe\u0436\u0449\u044f\u03b1\u03c9\u0561\u0101\u0141";

    private static final String[] LABELS = {
        "b\u00fccher",
        "stra\u00dfe",
        "\u043f\u0440\u0438\u043c\u0435\u0440",
        "\u4f8b\u5b50",
        "\u03c0\u03b1\u03c1\u03ac",
        "example",
        "a1",
        "x-y",
        "\u05d0\u05d1",
        "\u0e44\u0e17\u0e22",
        "\ud55c\uad6d"
    };

    private final Random random;

    private Texts(Random random) {
        this.random = random;
    }

    /** Runs a property on many texts. */
    static void forAll(Consumer<Texts> property) {
        long seed = Long.getLong("signet.seed", System.nanoTime());
        var texts = new Texts(new Random(seed));
        for (int i = 0; i < TRIES; i++) {
            try {
                property.accept(texts);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("With seed " + seed + " at try " + i + ": " + e.getMessage(), e);
            }
        }
    }

    /** Anything at all, though often nearly an address. */
    String arbitrary() {
        var text = new StringBuilder();
        for (int i = random.nextInt(9); i >= 0; i--) {
            if (random.nextInt(4) == 0) {
                text.append((char) random.nextInt(0x10000));
            } else {
                text.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
            }
        }
        return text.toString();
    }

    String localPart() {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** A sound domain in lower case, in U-labels. */
    String domain() {
        var text = new StringBuilder(LABELS[random.nextInt(LABELS.length)]);
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append('.').append(LABELS[random.nextInt(LABELS.length)]);
        }
        return text.toString();
    }

    /** The same letters, some of them in the other case; \u00df has none (and in a domain it is not ss: IDNA 2008). */
    String recased(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(one -> random.nextBoolean() && !one.equals("\u00df") ? one.toUpperCase(Locale.ROOT) : one)
                .reduce("", String::concat);
    }
}
