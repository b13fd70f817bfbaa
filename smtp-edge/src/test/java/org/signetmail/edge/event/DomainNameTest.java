package org.signetmail.edge.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainNameTest {
    @ParameterizedTest
    @CsvSource({
        "alice@Example.TEST, example.test",
        "a@b@example.test, example.test",
        "alice@b\u00FCcher.example, xn--bcher-kva.example",
        // IDNA 2003 would make it strasse.example, which is somebody else's.
        "alice@stra\u00DFe.example, xn--strae-oqa.example",
        "alice@xn--bcher-kva.example, xn--bcher-kva.example",
        "alice@[192.0.2.1], ",
        "alice@example..test, ",
        "alice@exam ple.test, ",
        "alice@, ",
        "postmaster, "
    })
    void asTheDnsHasIt(String address, String name) {
        assertEquals(Optional.ofNullable(name), DomainName.ofAddress(address));
    }
}
