package org.signetmail.notifier.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final byte[] KEY = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
    private static final String BODY = "{\"test\": 2432232314}";

    /** The example that the libraries of Standard Webhooks are tested with. */
    @Test
    void isThatOfStandardWebhooks() {
        assertEquals(
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                Signature.of(List.of(KEY), "msg_p5jXN8AQM9LWM0D4loKWxJek", AT, BODY));
    }

    @Test
    void idTimeAndBodyAreSigned() {
        String signature = Signature.of(List.of(KEY), "id", AT, BODY);
        assertNotEquals(signature, Signature.of(List.of(KEY), "ix", AT, BODY));
        assertNotEquals(signature, Signature.of(List.of(KEY), "id", AT.plusSeconds(1), BODY));
        assertNotEquals(signature, Signature.of(List.of(KEY), "id", AT, BODY + " "));
    }

    @Test
    void twoKeysAreTwoSignatures() {
        byte[] old = new byte[32];
        assertEquals(
                Signature.of(List.of(KEY), "id", AT, BODY) + " " + Signature.of(List.of(old), "id", AT, BODY),
                Signature.of(List.of(KEY, old), "id", AT, BODY));
    }
}
