package org.signetmail.edge.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderReaderTest {
    private static final int HEADER_LIMIT = 256 * 1024;

    static Stream<List<String>> headers() throws IOException {
        return Table.rows("/submission/headers.tsv");
    }

    @ParameterizedTest
    @MethodSource("headers")
    void readsAsTheTableSays(List<String> row) {
        String text = row.get(1).replace("{995}", "x".repeat(995)).replace("{996}", "x".repeat(996));
        byte[] message = Table.octets(row.get(0).endsWith("*") ? text : text + "\r\nBody\r\n");
        String expected = String.join(": ", row.subList(2, row.size()));
        assertEquals(expected, verdict(HeaderReader.read(message, row.get(0).startsWith("8 "))));
    }

    private static String verdict(Header header) {
        return switch (header) {
            case Header.Parsed parsed -> "ok";
            case Header.Malformed malformed ->
                (malformed.closesConnection() ? "!" : "") + malformed.field() + ": " + malformed.detail();
        };
    }

    @Test
    void givesOriginatorsOfAllFields() {
        String text = """
                Resent-Sender: Dave <dave@example.test>
                Resent-From: erin@example.test, "e x"@example.test
                Received: from x
                Resent-From: frank@example.test
                Resent-Sender: grace@example.test
                From: "ceo@example.test" <alice@example.test>, bob@example.test (boss@example.test)
                Sender: "=?utf-8?q?cfo=40example=2Etest?=" <carol@example.test>
                Reply-To: nobody@example.test

                From: body@example.test
                """;
        Header.Parsed parsed = parsed(text);
        assertEquals(
                new Originators(
                        List.of("alice@example.test", "bob@example.test"),
                        Optional.of("carol@example.test"),
                        List.of("erin@example.test", "e x@example.test", "frank@example.test"),
                        List.of("dave@example.test", "grace@example.test"),
                        List.of("ceo@example.test", "boss@example.test", "cfo@example.test")),
                parsed.originators());
        assertEquals(8, parsed.fields().size());
    }

    @Test
    void fieldsCoverTheHeaderOctetForOctet() {
        byte[] message = Table.octets("From: a@b.test\r\nSubject: one\r\n two\r\n\r\nBody\r\n");
        Header.Parsed parsed = (Header.Parsed) HeaderReader.read(message, false);
        HeaderField subject = parsed.fields().get(1);
        assertEquals(new HeaderField("Subject", 16, 24, 36), subject);
        assertEquals(" one two", subject.unfolded(message, StandardCharsets.US_ASCII));
        assertEquals(36, HeaderReader.headerLength(message));
        assertEquals(0, HeaderReader.headerLength(Table.octets("\r\nBody\r\n")));
        assertEquals(14, HeaderReader.headerLength(Table.octets("From: a@b.test")));
    }

    /** The sentence becomes a reply line: printable, short, and never with an octet of the message in it. */
    @ParameterizedTest
    @EnumSource(Flaw.class)
    void everySentenceFitsAReplyLine(Flaw flaw) {
        assertTrue(flaw.in("Resent-Sender").matches("[A-Z8][ -~]{1,78}[^.]"), flaw.in("Resent-Sender"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "()",
                "<",
                "\"",
                "\\\"",
                ",",
                "a@b,",
                "@",
                "a@",
                "[",
                "=?",
                "=?q?b?",
                "=?a?q?x?=",
                "a ",
                "(=?",
                "'@",
                "a.",
                ">",
                "\"@\"",
                "\"a@b\" ",
                "\u0301\u0316"
            })
    void timeIsLinearWhateverIsRepeated(String pattern) {
        var from = new StringBuilder("From: ");
        while (from.length() < HEADER_LIMIT) {
            from.append(pattern.repeat(900 / pattern.length())).append("\r\n ");
        }
        for (String frame : List.of("%s<a@b.test>", "\"%s\" <a@b.test>", "(%s) a@b.test")) {
            byte[] message = frame.formatted(from.substring(6))
                    .transform(v -> "From: " + v + "x\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8);
            assertTimeoutPreemptively(Duration.ofSeconds(2), () -> HeaderReader.read(message, true));
        }
    }

    private static Header.Parsed parsed(String text) {
        return (Header.Parsed) HeaderReader.read(Table.octets(text.replace("\n", "\r\n")), false);
    }
}
