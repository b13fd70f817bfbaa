package org.signetmail.policy.originator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of both families; what is no range is no restriction that could be kept. */
class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0, true",
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7/32, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 192.0.2.1, false",
        "::/0, ::ffff:192.0.2.1, false",
        "192.0.2.0/24, ::ffff:192.0.2.1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "2001:db8::1, 2001:DB8:0:0::1, true"
    })
    void holdsItsAddresses(String network, String host, boolean held) {
        assertEquals(held, Network.parse(network).contains(Network.host(host).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.test", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/", "192.0.2.0/x", "::/129"})
    void isNothingElse(String text) {
        assertThrows(IllegalArgumentException.class, () -> Network.parse(text));
    }

    @Test
    void isWrittenAsItIsRead() {
        assertEquals("192.0.2.0/24", Network.parse("192.0.2.0/24").toString());
    }
}
