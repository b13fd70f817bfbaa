package org.signetmail.directory.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedPasswordTest {
    private static final String TEXT = "signet-k7qm-2fxh-9trw-0a1b-c3d4-e5f6";

    @ParameterizedTest
    @ValueSource(
            strings = {
                TEXT,
                "SIGNET-K7QM-2FXH-9TRW-0A1B-C3D4-E5F6",
                "signet k7qm 2fxh 9trw 0a1b c3d4 e5f6 ",
                "signetk7qm2fxh9trw0a1bc3d4e5f6",
                "signet-k7qm-2fxh-9trw-OaIb-c3d4-e5f6",
                "signet-k7qm-2fxh-9trw-oalb-c3d4-e5f6"
            })
    void itIsReadAsPeopleTypeIt(String typed) {
        assertEquals(Optional.of(new GeneratedPassword("k7qm2fxh", TEXT)), GeneratedPassword.read(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "signet",
                "k7qm-2fxh-9trw-0a1b-c3d4-e5f6",
                "signet-k7qm-2fxh-9trw-0a1b-c3d4-e5f",
                "signet-k7qm-2fxh-9trw-0a1b-c3d4-e5f6-0",
                "signet-u7qm-2fxh-9trw-0a1b-c3d4-e5f6"
            })
    void whatHasAnotherShapeIsNone(String typed) {
        assertEquals(Optional.empty(), GeneratedPassword.read(typed));
    }

    @Test
    void eachIsReadAgainAndIsItsOwn() {
        var random = new SecureRandom();
        var ids = new HashSet<String>();
        for (int i = 0; i < 1000; i++) {
            GeneratedPassword drawn = GeneratedPassword.draw(random);
            assertEquals(Optional.of(drawn), GeneratedPassword.read(drawn.text()));
            assertEquals(Optional.of(drawn.id()), GeneratedPassword.id(drawn.id()));
            assertTrue(ids.add(drawn.id()));
            assertFalse(drawn.toString().contains(drawn.text()));
        }
    }
}
