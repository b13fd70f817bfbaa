package org.signetmail.directory.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        192.0.2.0/24,        192.0.2.255,          true
        192.0.2.0/24,        192.0.3.0,            false
        192.0.2.128/25,      192.0.2.127,          false
        192.0.2.7,           192.0.2.7,            true
        192.0.2.7/32,        192.0.2.6,            false
        0.0.0.0/0,           203.0.113.9,          true
        0.0.0.0/0,           2001:db8::1,          false
        ::/0,                192.0.2.1,            false
        2001:db8::/33,       2001:db8:7fff::1,     true
        2001:db8::/33,       2001:db8:8000::1,     false
        192.0.2.0/24,        ::ffff:192.0.2.1,     true
        """)
    void aHostIsInItOrNot(String network, String host, boolean in) {
        assertEquals(
                in,
                Network.of(network).orElseThrow().contains(Network.host(host).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/24",
                "192.0.2.0/",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/024",
                "192.0.2.0/24/8",
                "192.0.2.1/24",
                "192.0.2/24",
                "3221225985",
                "2001:db8::1/64",
                "2001:db8::/129",
                "fe80::1%eth0",
                "[::1]",
                "localhost",
                "192.0.2.0 /24",
                "1.2.3.4.5"
            })
    void whatIsNoneIsNotRead(String text) {
        assertEquals(Optional.empty(), Network.of(text));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7,192.0.2.7/32", "2001:DB8::/32,2001:db8:0:0:0:0:0:0/32", "::ffff:192.0.2.0/24,192.0.2.0/24"})
    void itIsWrittenInOneForm(String text, String written) {
        assertEquals(written, Network.of(text).orElseThrow().toString());
    }
}
