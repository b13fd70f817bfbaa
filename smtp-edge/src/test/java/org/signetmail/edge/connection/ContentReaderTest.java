package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.edge.content.Draft;
import org.signetmail.edge.content.Storage;
import org.signetmail.edge.content.StoredMessage;
import org.signetmail.edge.session.Content;

/** What ends DATA, and what is left in the message. Columns: octets on the wire, message or what became of it. */
class ContentReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    .\\r\\n                          | ''
                    a\\r\\n.\\r\\n                   | a\\r\\n
                    a\\r\\n..\\r\\n.\\r\\n           | a\\r\\n.\\r\\n
                    ..a\\r\\n.\\r\\n                 | .a\\r\\n
                    .a\\r\\n.\\r\\n                  | a\\r\\n
                    a.\\r\\n.\\r\\n                  | a.\\r\\n
                    \\r\\n.\\r\\n                    | \\r\\n
                    a\\r\\n.\\r\\nQUIT\\r\\n         | a\\r\\n
                    a\\n.\\r\\n                      | Broken
                    a\\r.\\r\\n                      | Broken
                    a\\r\\n.\\n                      | Broken
                    a\\r\\n.\\r.\\r\\n               | Broken
                    a\\r\\r\\n.\\r\\n                | Broken
                    a\\0\\r\\n.\\r\\n                | Broken
                    .\\0\\r\\n.\\r\\n                | Broken
                    a\\r\\n.                         | Cut
                    a\\r\\n.\\r                      | Cut
                    a\\r\\n                          | Cut
                    a                                | Cut
                    ''                               | Cut
                    """)
    void reads(String wire, String expected) throws IOException {
        Content content = read(unescape(wire), 1000, 1000);
        if (content instanceof Content.Message(StoredMessage message)) {
            assertEquals(unescape(expected), text(message));
        } else {
            assertEquals(expected, content.getClass().getSimpleName());
        }
    }

    @Test
    void aMessageOfTheLargestSizeIsTaken() throws IOException {
        assertInstanceOf(Content.Message.class, read("12345678\r\n.\r\n", 10, 10));
    }

    @Test
    void aMessageOverTheSizeIsReadToItsEnd() throws IOException {
        assertInstanceOf(Content.TooBig.class, read("\r\n1234567\r\n.\r\n", 10, 10));
    }

    @Test
    void aHeaderOverItsSizeIsRefusedWhateverFollows() throws IOException {
        assertInstanceOf(Content.HeaderTooBig.class, read("a: 3456\r\nb: 1\r\n\r\nbody\r\n.\r\n", 1000, 10));
    }

    @Test
    void theBodyDoesNotCountAsHeader() throws IOException {
        assertInstanceOf(Content.Message.class, read("a: 3456\r\n\r\n" + "x".repeat(500) + "\r\n.\r\n", 1000, 10));
    }

    /** Random octets never end a message but by CRLF.CRLF, and what is taken holds no bare line end. */
    @Test
    void randomOctets() throws IOException {
        var random = new Random(1);
        String alphabet = "\r\n.\0a\r\n.\r\n";
        for (int round = 0; round < 20_000; round++) {
            var wire = new StringBuilder();
            for (int i = random.nextInt(24); i > 0; i--) {
                wire.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String text = wire.toString();
            if (read(text, 1000, 1000) instanceof Content.Message(StoredMessage stored)) {
                String message = text(stored);
                assertEquals(unstuffed(text.substring(0, endOf(text))), message);
                assertEquals("", message.replace("\r\n", "").replaceAll("[^\r\n\0]", ""));
            }
        }
    }

    private static String unstuffed(String lines) {
        return ("\r\n" + lines).replace("\r\n.", "\r\n").substring(2);
    }

    private static int endOf(String wire) {
        return wire.startsWith(".\r\n") ? 0 : wire.indexOf("\r\n.\r\n") + 2;
    }

    private static Content read(String wire, int maxOctets, int maxHeaderOctets) throws IOException {
        var input = new ByteArrayInputStream(wire.getBytes(StandardCharsets.ISO_8859_1));
        Draft draft = TestStorage.roomy(maxOctets, maxHeaderOctets).draft(Storage.Waits.UNNOTICED);
        return new ContentReader(new InputBuffer(input, () -> {})).read(draft);
    }

    private static String text(StoredMessage message) throws IOException {
        return new String(message.part(0, Integer.MAX_VALUE), StandardCharsets.ISO_8859_1);
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
    }
}
