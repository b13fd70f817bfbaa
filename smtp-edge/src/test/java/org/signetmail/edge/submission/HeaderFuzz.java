package org.signetmail.edge.submission;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random and mutated headers: none may throw, and what parses must parse again, written anew, to the same addresses.
 */
final class HeaderFuzz {
    private static final List<String> SEEDS = List.of(
            "From: Alice <alice@example.test>\r\nSender: bob@example.test\r\nSubject: x\r\n y\r\n\r\nBody\r\n",
            "From: \"A, B\" <\"a b\"@[192.0.2.1]>, (c (d)) e@f.test\r\nResent-From: x@y.test\r\n\r\n",
            "From: =?utf-8?q?J=C3=BC?= <j\u00FCrgen@b\u00FCcher.example>\r\nResent-Sender: a@b.test\r\n\r\n");
    private static final String[] TOKENS = {
        "From: ",
        "Sender: ",
        "Resent-From:",
        "Resent-Sender:",
        "a",
        "alice",
        "@",
        ".",
        "example.test",
        "<",
        ">",
        "\"",
        "(",
        ")",
        "\\",
        ",",
        ";",
        ":",
        "[",
        "]",
        " ",
        "\t",
        "\r\n",
        "\r\n ",
        "\r",
        "\n",
        "\0",
        "=?utf-8?q?",
        "=?utf-8?b?Y2Vv",
        "?=",
        "\u00FC",
        "\uFF20",
        "\u0085",
        "%",
        "!",
        "a@b.test",
        "<a@b.test>",
        "\"a\"@b.test",
        "From"
    };

    private final Random random;
    private int parsed;

    HeaderFuzz(long seed) {
        random = new Random(seed);
    }

    /** Gives how many of the headers parsed. */
    int run(int runs) {
        for (int i = 0; i < runs; i++) {
            byte[] message = random.nextInt(4) == 0 ? generated() : mutated();
            boolean smtputf8 = random.nextBoolean();
            try {
                check(message, smtputf8);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Run " + i + ": " + new String(message, StandardCharsets.ISO_8859_1), e);
            }
        }
        return parsed;
    }

    private void check(byte[] message, boolean smtputf8) {
        switch (HeaderReader.read(message, smtputf8)) {
            case Header.Malformed malformed -> require(malformed.detail().matches("[ -~]+"), malformed);
            case Header.Parsed(Originators originators, List<HeaderField> fields) -> {
                parsed++;
                Header again = HeaderReader.read(written(originators), smtputf8);
                require(
                        again instanceof Header.Parsed(Originators same, var _)
                                && same.equals(shownNothing(originators)),
                        again);
                require(contiguous(fields), fields);
            }
        }
    }

    private static byte[] written(Originators originators) {
        var header = new StringBuilder("From: " + list(originators.from()) + "\r\n");
        originators.sender().ifPresent(sender -> header.append("Sender: " + AddressParser.quoted(sender) + "\r\n"));
        originators.resentFrom().forEach(a -> header.append("Resent-From: <" + AddressParser.quoted(a) + ">\r\n"));
        originators.resentSender().forEach(a -> header.append("Resent-Sender: " + AddressParser.quoted(a) + "\r\n"));
        return header.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String list(List<String> addresses) {
        var folded = new ArrayList<String>();
        addresses.forEach(address -> folded.add(AddressParser.quoted(address)));
        return String.join(",\r\n ", folded);
    }

    private static Originators shownNothing(Originators o) {
        return new Originators(o.from(), o.sender(), o.resentFrom(), o.resentSender(), List.of());
    }

    private static boolean contiguous(List<HeaderField> fields) {
        int end = 0;
        for (HeaderField field : fields) {
            if (field.start() != end || field.valueStart() <= field.start() || field.end() < field.valueStart() + 2) {
                return false;
            }
            end = field.end();
        }
        return true;
    }

    private byte[] generated() {
        var text = new StringBuilder(random.nextBoolean() ? "From: " : "");
        for (int tokens = random.nextInt(1, 24); tokens > 0; tokens--) {
            text.append(TOKENS[random.nextInt(TOKENS.length)]);
        }
        return text.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] mutated() {
        var text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int mutations = random.nextInt(1, 5); mutations > 0 && !text.isEmpty(); mutations--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, TOKENS[random.nextInt(TOKENS.length)]);
                default -> text.setCharAt(at, (char) random.nextInt(0x180));
            }
        }
        return text.toString().getBytes(random.nextInt(8) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static void require(boolean condition, Object found) {
        if (!condition) {
            throw new AssertionError(String.valueOf(found));
        }
    }
}
