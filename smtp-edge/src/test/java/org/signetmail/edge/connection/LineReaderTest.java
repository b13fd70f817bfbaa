package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.edge.session.Line;

/** What ends a command line, and how long it may be. */
class LineReaderTest {
    private static final int MAX = 20;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        NOOP\\r\\n                       | Text NOOP
        \\r\\n                           | Text
        NOOP\\r\\nQUIT\\r\\n             | Text NOOP
        a\\tb\\xFF\\r\\n                 | Text a\\tb\\xFF
        12345678901234567890\\r\\n       | Text 12345678901234567890
        123456789012345678901\\r\\n      | TooLong
        NOOP\\n                          | Broken
        NOOP\\rQUIT\\r\\n                | Broken
        NOOP\\r\\r\\n                    | Broken
        \\n                              | Broken
        NO\\0OP\\r\\n                    | Broken
        123456789012345678901\\n         | Broken
        NOOP                             | End
        NOOP\\r                          | End
        ``                               | End
        """)
    void reads(String wire, String expected) throws IOException {
        assertEquals(unescape(expected), shown(reader(unescape(wire)).command()));
    }

    @Test
    void goesOnBehindALineThatWasTooLong() throws IOException {
        LineReader lines = reader("x".repeat(100_000) + "\r\nNOOP\r\n");
        assertEquals(new Line.TooLong("x".repeat(MAX)), lines.command());
        assertEquals(new Line.Text("NOOP"), lines.command());
        assertEquals(new Line.End(), lines.command());
    }

    /** RFC 4954 section 4: 12,288 octets of response, wherever it stands. */
    @Test
    void aSaslResponseMayBeLong() throws IOException {
        String response = "A".repeat(12_288);
        assertEquals(
                new Line.Text("auth PLAIN " + response),
                reader("auth PLAIN " + response + "\r\n").command());
        assertEquals(new Line.Text(response), reader(response + "\r\n").saslResponse());
        assertEquals(new Line.TooLong(response), reader(response + "A\r\n").saslResponse());
        assertInstanceOf(
                Line.TooLong.class,
                reader("AUTH PLAIN " + response + "A".repeat(16) + "\r\n").command());
        assertInstanceOf(Line.TooLong.class, reader("AUTHX" + response + "\r\n").command());
    }

    private static LineReader reader(String wire) {
        var input = new ByteArrayInputStream(wire.getBytes(StandardCharsets.ISO_8859_1));
        return new LineReader(new InputBuffer(input, () -> {}), MAX);
    }

    private static String shown(Line line) {
        return line instanceof Line.Text(String octets)
                ? ("Text " + octets).stripTrailing()
                : line.getClass().getSimpleName();
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0")
                .replace("\\t", "\t")
                .replace("\\xFF", "\u00FF");
    }
}
