package org.signetmail.policy.originator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signetmail.local.process.Layout;
import org.signetmail.policy.judge.TextTable;

/** Every row of the contract's table, and what it does not spell out. */
class CanonicalAddressTest {
    static Stream<List<String>> contract() throws IOException {
        return TextTable.rows(Files.readString(Layout.root().resolve("deploy/contract/canonical-addresses.tsv")));
    }

    @ParameterizedTest
    @MethodSource("contract")
    void hasTheContractsForm(List<String> row) {
        boolean caseSensitive = row.get(1).equals("yes");
        assertEquals(row.get(2), canonical(row.get(0), caseSensitive));
    }

    @Test
    void aCaseMappingThatIsNotOneOfUts46NeverMatches() {
        // U+0130 would become "i" and a dot above; a simple lower case would make it the "i" of another domain.
        assertEquals("-", canonical("alice@\u0130stanbul.example", false));
    }

    @Test
    void theFinalSigmaIsNoOtherLetterInLowerCase() {
        assertEquals(
                canonical("a@\u03c3\u03b1\u03c3.example", false), canonical("a@\u03a3\u0391\u03a3.example", false));
    }

    @Test
    void anUnendingDomainNeverMatches() {
        assertEquals("-", canonical("a@" + "x.".repeat(127) + "test", false));
    }

    private static String canonical(String address, boolean caseSensitive) {
        return CanonicalAddress.of(address, _ -> caseSensitive)
                .map(CanonicalAddress::toString)
                .orElse("-");
    }
}
