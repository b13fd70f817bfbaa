package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WirePathTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~|<>",
                "bob@example.test|<bob@example.test>",
                "b.o+b@example.test|<b.o+b@example.test>",
                "postmaster|<postmaster>",
                "bób@exämple.test|<bób@exämple.test>",
                "b ob@example.test|<\"b ob\"@example.test>",
                "a@b@example.test|<\"a@b\"@example.test>",
                "a..b@example.test|<\"a..b\"@example.test>",
                "a\"b\\c@example.test|<\"a\\\"b\\\\c\"@example.test>",
                "\"b ob\"@example.test|<\"\\\"b ob\\\"\"@example.test>",
                "bob@[127.0.0.1]|<bob@[127.0.0.1]>",
            })
    void localPartsAreQuotedWhereTheGrammarNeedsIt(String address, String path) {
        assertEquals(Optional.of(path), WirePath.of(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.test\r\nRSET", "a\nb@c.test", "a\u0000@c.test", "a@c.test> SIZE=1", "a@", "a@b c"})
    void noCommandCarriesThese(String address) {
        assertEquals(Optional.empty(), WirePath.of(address));
    }
}
