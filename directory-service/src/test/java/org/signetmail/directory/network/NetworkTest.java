package org.signetmail.directory.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.directory.problem.Refused;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0/24",
        "192.0.2.7, 192.0.2.7/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:DB8:0:0:0:0:0:0/32, 2001:db8::/32",
        "2001:db8:0:1::7, 2001:db8:0:1::7/128",
        "::/0, ::/0",
        "::ffff:192.0.2.7, 192.0.2.7/32"
    })
    void aNetworkHasOneForm(String given, String canonical) {
        assertEquals(List.of(canonical), Network.check(List.of(given), "networks"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "192.0.2.0/33", "2001:db8::/129", "192.0.2.1/24", "2001:db8::1/32", "192.0.2/24", "192.0.2.0/-1",
                "192.0.2.0/", "/24", "office.test", "fe80::1%eth0/128", "192.0.2.0/24 ", "::ffff:192.0.2.0/120",
                        "010.0.0.0/8",
                "0x7f.0.0.1", "192.0.2.0/99999999999"
            })
    void whatIsNoneIsRefusedByItsPlace(String given) {
        Refused refused = assertThrows(Refused.class, () -> Network.check(List.of("192.0.2.0/24", given), "networks"));
        assertEquals(Optional.of("networks[1]"), refused.field());
    }

    @Test
    void eachIsListedOnceInOneOrder() {
        assertEquals(
                List.of("192.0.2.0/24", "198.51.100.0/24"),
                Network.check(List.of("198.51.100.0/24", "192.0.2.0/24", "198.51.100.0/24"), "networks"));
    }

    @Test
    void aBoundThatNothingMeetsIsAMistake() {
        assertEquals(
                Optional.of("networks"),
                assertThrows(Refused.class, () -> Network.check(List.of(), "networks"))
                        .field());
        assertThrows(Refused.class, () -> Network.check(Collections.nCopies(101, "192.0.2.0/24"), "networks"));
        assertEquals(
                Optional.of("networks[0]"),
                assertThrows(Refused.class, () -> Network.check(Arrays.asList((String) null), "networks"))
                        .field());
    }
}
