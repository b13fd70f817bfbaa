package org.signetmail.edge.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdditionsTest {
    private static final String ID = "0b8f6c1e-5d0a-4d55-9a3c-7f1f2a9f3c01";
    private static final Instant RECEIVED_AT = Instant.parse("2026-01-15T10:00:00.999Z");

    @ParameterizedTest
    @ValueSource(strings = {"bare", "complete", "malformed"})
    void addsWhatTheGoldenFileShows(String name) throws IOException {
        byte[] message = golden(name + ".eml");
        Additions.Top top = Additions.to(message, HeaderReader.read(message, false), trace("laptop.example.test"));
        var result = new ByteArrayOutputStream();
        result.writeBytes(top.octets());
        result.write(message, top.replaced(), message.length - top.replaced());
        assertEquals(text(golden(name + ".expected.eml")), text(result.toByteArray()));
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, false, false, SMTP",
        "false, true, true, true, SMTP",
        "true, false, false, false, ESMTP",
        "true, false, false, true, ESMTPA",
        "true, false, true, false, ESMTPS",
        "true, false, true, true, ESMTPSA",
        "true, true, false, false, UTF8SMTP",
        "true, true, false, true, UTF8SMTPA",
        "true, true, true, false, UTF8SMTPS",
        "true, true, true, true, UTF8SMTPSA",
    })
    void namesTheProtocol(boolean esmtp, boolean smtputf8, boolean tls, boolean authenticated, String protocol)
            throws IOException {
        var trace = new Trace(
                "h.test", address("2001:db8::10"), "mail.test", esmtp, smtputf8, tls, authenticated, ID, RECEIVED_AT);
        assertEquals(
                "Received: from h.test ([IPv6:2001:db8:0:0:0:0:0:10])\r\n\tby mail.test with " + protocol + " id " + ID
                        + ";\r\n\tThu, 15 Jan 2026 10:00:00 +0000\r\n",
                trace.received());
    }

    @ParameterizedTest
    @CsvSource({
        "laptop, laptop",
        "[192.0.2.10], [192.0.2.10]",
        "[IPv6:2001:db8::10], [IPv6:2001:db8::10]",
        "my_pc.example.test, my_pc.example.test",
        "büro.example, unknown",
        "two words, unknown",
        "x(comment), unknown",
        "[], unknown",
        "'', unknown",
    })
    void letsOnlyDomainsAndLiteralsIntoTheField(String helo, String written) throws IOException {
        assertEquals("Received: from " + written + " (", trace(helo).received().split(" \\(", 2)[0] + " (");
    }

    @Test
    void neverLetsAGreetingBeginALineOfItsOwn() throws IOException {
        assertEquals(3, trace("x\r\nFrom: ceo@example.test").received().lines().count());
    }

    private static Trace trace(String helo) throws IOException {
        return new Trace(helo, address("192.0.2.10"), "mail.example.test", true, false, true, true, ID, RECEIVED_AT);
    }

    private static InetAddress address(String literal) throws IOException {
        return InetAddress.getByName(literal);
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = AdditionsTest.class.getResourceAsStream("/submission/additions/" + name)) {
            return in.readAllBytes();
        }
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.ISO_8859_1);
    }
}
