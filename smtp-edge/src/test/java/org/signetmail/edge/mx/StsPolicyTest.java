package org.signetmail.edge.mx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.mx.StsPolicy.Mode;

class StsPolicyTest {
    @Test
    void asTheStandardHasIt() {
        assertEquals(
                Optional.of(new StsPolicy(
                        Mode.ENFORCE,
                        List.of("mail.example.com", "*.example.net", "backupmx.example.com"),
                        Duration.ofDays(7))),
                StsPolicy.parse("""
                        version: STSv1\r
                        mode: enforce\r
                        mx: mail.example.com\r
                        mx: *.Example.net\r
                        mx: backupmx.example.com\r
                        max_age: 604800\r
                        """));
    }

    @Test
    void whatIsUnknownIsPassedOverAndWhatIsTwiceCountsOnce() {
        StsPolicy policy = StsPolicy.parse(
                        "version: STSv1\nmode: testing\nmode: enforce\nother: x\nmx: a.test\nmax_age: 9999999999")
                .orElseThrow();
        assertEquals(Mode.TESTING, policy.mode());
        assertEquals(Duration.ofSeconds(31_557_600), policy.maxAge());
    }

    @Test
    void whatIsNoPolicyIsNone() {
        for (String text : List.of(
                "",
                "<html>",
                "version: STSv2\nmode: enforce\nmx: a.test\nmax_age: 1",
                "version: STSv1\nmode: maybe\nmx: a.test\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmx: a.test",
                "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: -1")) {
            assertEquals(Optional.empty(), StsPolicy.parse(text), text);
        }
        assertTrue(StsPolicy.parse("version: STSv1\nmode: none\nmax_age: 1").isPresent());
    }

    /** RFC 8461 4.1 */
    @Test
    void aWildcardIsOneLabel() {
        var policy = new StsPolicy(Mode.ENFORCE, List.of("*.example.net", "mail.example.com"), Duration.ofDays(1));
        assertTrue(policy.names("mx1.example.net"));
        assertTrue(policy.names("mail.example.com"));
        for (String other :
                List.of("example.net", "a.b.example.net", "anexample.net", "x.mail.example.com", "com", "")) {
            assertFalse(policy.names(other), other);
        }
    }
}
