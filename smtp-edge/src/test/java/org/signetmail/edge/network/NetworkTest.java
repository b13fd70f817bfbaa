package org.signetmail.edge.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    192.0.2.0/24      | 192.0.2.255        | true
                    192.0.2.77/24     | 192.0.2.1          | true
                    192.0.2.0/24      | 192.0.3.0          | false
                    192.0.2.128/25    | 192.0.2.127        | false
                    192.0.2.1         | 192.0.2.1          | true
                    192.0.2.1         | 192.0.2.2          | false
                    0.0.0.0/0         | 203.0.113.9        | true
                    0.0.0.0/0         | 2001:db8::1        | false
                    2001:db8::/33     | 2001:db8:7fff::1   | true
                    2001:db8::/33     | 2001:db8:8000::1   | false
                    ::/0              | ::1                | true
                    ::/0              | 192.0.2.1          | false
                    192.0.2.0/24      | ::ffff:192.0.2.9   | true
                    """)
    void contains(String network, String address, boolean contained) {
        assertEquals(contained, Network.parse(network).contains(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "::/129", "example.test", "192.0.2.0/24/1"
            })
    void isNoNetwork(String text) {
        assertThrows(IllegalArgumentException.class, () -> Network.parse(text));
    }

    @Test
    void networksOfTheSameAddressesAreEqual() {
        assertEquals(Network.parse("192.0.2.9/24"), Network.parse("192.0.2.200/24"));
        assertEquals("192.0.2.0/24", Network.parse("192.0.2.9/24").toString());
    }
}
