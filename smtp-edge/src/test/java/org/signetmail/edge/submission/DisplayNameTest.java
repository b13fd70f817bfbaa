package org.signetmail.edge.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DisplayNameTest {

    static Stream<List<String>> names() throws IOException {
        return Table.rows("/submission/display-names.tsv");
    }

    @ParameterizedTest
    @MethodSource("names")
    void findsWhatPeopleReadAsAnAddress(List<String> row) {
        assertEquals(Table.utf8(row.get(1)), EncodedWords.decode(Table.utf8(row.get(0))));
        assertEquals(Table.utf8(row.get(2)), String.join(" | ", DisplayName.addresses(Table.utf8(row.get(0)))));
    }
}
