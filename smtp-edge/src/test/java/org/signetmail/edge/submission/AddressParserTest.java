package org.signetmail.edge.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AddressParserTest {

    static Stream<List<String>> addresses() throws IOException {
        return Table.rows("/submission/addresses.tsv");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void readsAsTheTableSays(List<String> row) {
        boolean smtputf8 = row.get(0).endsWith("8");
        assertEquals(Table.utf8(row.get(2)), read(row.get(0).replace("8", ""), Table.utf8(row.get(1)), smtputf8));
    }

    private static String read(String kind, String value, boolean smtputf8) {
        try {
            return switch (kind) {
                case "list" ->
                    String.join(
                            " | ",
                            AddressParser.mailboxList(value, smtputf8).stream()
                                    .map(Mailbox::address)
                                    .toList());
                case "one" -> AddressParser.mailbox(value, smtputf8).address();
                case "spec" -> AddressParser.addrSpec(value, smtputf8).orElse("!");
                default -> throw new IllegalArgumentException(kind);
            };
        } catch (Flawed flawed) {
            return "!" + flawed.flaw();
        }
    }

    @Test
    void boundsTheLengthOfAnAddress() {
        String domain = "@example.test";
        assertEquals(Optional.empty(), AddressParser.addrSpec("a".repeat(308) + domain, false));
        assertEquals(
                320,
                AddressParser.addrSpec("a".repeat(307) + domain, false)
                        .orElseThrow()
                        .length());
    }

    @Test
    void quotesOnlyWhatMustBeQuoted() {
        assertEquals("alice@example.test", AddressParser.quoted("alice@example.test"));
        assertEquals("\"a@b\"@example.test", AddressParser.quoted("a@b@example.test"));
        assertEquals("\"a \\\"b\\\\\"@example.test", AddressParser.quoted("a \"b\\@example.test"));
        assertEquals("\"a..b\"@example.test", AddressParser.quoted("a..b@example.test"));
    }
}
