package org.signetmail.edge.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DataOctetsTest {
    private static String wire(String content) throws IOException {
        var out = new ByteArrayOutputStream();
        DataOctets.write(content.getBytes(ISO_8859_1), out);
        return out.toString(ISO_8859_1);
    }

    @Test
    void dotsAreDoubledAtLineStartsOnly() throws IOException {
        assertEquals("..\r\n...\r\na.b.\r\n..c\r\n.\r\n", wire(".\r\n..\r\na.b.\r\n.c\r\n"));
    }

    @Test
    void nothingElseChanges() throws IOException {
        assertEquals("é\u0080ÿ\u0000\r\n\r\n.\r\n", wire("é\u0080ÿ\u0000\r\n\r\n"));
        assertEquals(".\r\n", wire(""));
    }

    @Test
    void theEndOfDataStandsOnALineOfItsOwn() throws IOException {
        assertEquals("a\r\n.\r\n", wire("a"));
        assertEquals("..\r\n.\r\n", wire("."));
    }
}
