package org.signetmail.directory.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.directory.problem.Refused;

/** Every row of deploy/contract/canonical-addresses.tsv, as two services compute it; then what may be stored. */
class CanonicalAddressTest {
    private static final Path TABLE =
            Path.of(System.getProperty("signet.root"), "deploy/contract/canonical-addresses.tsv");

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})");

    static Stream<String> rows() throws IOException {
        return Files.readAllLines(TABLE).stream().filter(line -> !line.startsWith("#") && !line.isBlank());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theTableHolds(String row) {
        String[] columns = unescaped(row).split("\t", -1);
        String canonical = CanonicalAddress.of(columns[0], columns[1].equals("yes"))
                .map(CanonicalAddress::toString)
                .orElse("-");
        assertEquals(columns[2], canonical);
    }

    private static String unescaped(String row) {
        return ESCAPE.matcher(row).replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)));
    }

    @Test
    void theDomainIsTheOneBehindTheLastAt() {
        assertEquals("example.test", AddressSyntax.check("a@b@Example.TEST", "address"));
        assertEquals("xn--bcher-kva.example", AddressSyntax.check("J\u00fcrgen@b\u00fccher.example", "address"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*@example.test", "a\u0000@example.test", "a\r\nb@example.test", "\ud800@example.test", "a@b_c"})
    void whatCannotBeStoredIsRefusedByField(String address) {
        Refused refused = assertThrows(Refused.class, () -> AddressSyntax.check(address, "addresses[0].address"));
        assertEquals("addresses[0].address", refused.field().orElseThrow());
    }

    @Test
    void lengthsCountOctets() {
        assertEquals("example.test", AddressSyntax.check("\u00fc".repeat(32) + "@example.test", "address"));
        assertThrows(Refused.class, () -> AddressSyntax.check("\u00fc".repeat(33) + "@example.test", "address"));
    }
}
