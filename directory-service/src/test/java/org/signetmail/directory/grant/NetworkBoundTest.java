package org.signetmail.directory.grant;

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

class NetworkBoundTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0/24",
        "192.0.2.7, 192.0.2.7/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:DB8::/32, 2001:db8:0:0:0:0:0:0/32",
        "2001:db8:0:1::7, 2001:db8:0:1:0:0:0:7/128",
        "::/0, 0:0:0:0:0:0:0:0/0",
        "::ffff:192.0.2.7, 192.0.2.7/32"
    })
    void aNetworkHasOneForm(String given, String canonical) {
        assertEquals(List.of(canonical), NetworkBound.check(List.of(given)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2.0/33",
                "2001:db8::/129",
                "192.0.2.1/24",
                "2001:db8::1/32",
                "192.0.2/24",
                "192.0.2.0/-1",
                "192.0.2.0/",
                "/24",
                "office.test",
                "fe80::1%eth0/128",
                "192.0.2.0/24 ",
                "::ffff:192.0.2.0/120",
                "0x7f.0.0.1",
                "192.0.2.0/99999999999"
            })
    void whatIsNoneIsRefusedByItsPlace(String given) {
        Refused refused = assertThrows(Refused.class, () -> NetworkBound.check(List.of("192.0.2.0/24", given)));
        assertEquals(Optional.of("networks[1]"), refused.field());
    }

    @Test
    void eachIsListedOnceInOneOrder() {
        assertEquals(
                List.of("192.0.2.0/24", "198.51.100.0/24"),
                NetworkBound.check(List.of("198.51.100.0/24", "192.0.2.0/24", "198.51.100.0/24")));
    }

    @Test
    void aBoundThatNothingMeetsIsAMistake() {
        assertEquals(
                Optional.of("networks"),
                assertThrows(Refused.class, () -> NetworkBound.check(List.of())).field());
        assertThrows(Refused.class, () -> NetworkBound.check(Collections.nCopies(101, "192.0.2.0/24")));
        assertEquals(
                Optional.of("networks[0]"),
                assertThrows(Refused.class, () -> NetworkBound.check(Arrays.asList((String) null)))
                        .field());
    }
}
