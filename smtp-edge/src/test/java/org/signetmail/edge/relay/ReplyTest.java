package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTest {
    @ParameterizedTest
    @CsvSource({
        "550, 550 5.1.1 No such user, 5.1.1",
        "550, 550 No such user, 5.0.0",
        "550, 550 4.1.1 the class does not agree, 5.0.0",
        "451, 451 4.3.0, 4.3.0",
        "550, 550 5.1.1x, 5.0.0",
    })
    void theStatusIsTheReplysOwnOrItsFirstDigit(int code, String text, String status) {
        assertEquals(status, new Reply(code, text).status());
    }
}
