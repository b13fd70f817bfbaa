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

/** Messages in chunks. Columns: the chunks, parted by /, and the message or what became of it. */
class ChunkReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a\\r\\n                          | a\\r\\n
        a\\r/\\nb\\r\\n                  | a\\r\\nb\\r\\n
        a/b/c\\r\\n                      | abc\\r\\n
        a\\r\\n/''                       | a\\r\\n
        ''/a\\r\\n                       | a\\r\\n
        ''                               | ``
        .\\r\\n..\\r\\n.                 | .\\r\\n..\\r\\n.\\r\\n
        a\\r\\n.\\r\\nb\\r\\n            | a\\r\\n.\\r\\nb\\r\\n
        a                                | a\\r\\n
        a\\r\\nb                         | a\\r\\nb\\r\\n
        a\\n                             | Broken
        a\\nb\\r\\n                      | Broken
        a\\r                             | Broken
        a\\rb\\r\\n                      | Broken
        a\\r\\r\\n                       | Broken
        a\\r\\n\\n                       | Broken
        \\n                              | Broken
        a\\0\\r\\n                       | Broken
        a\\r/b\\r\\n                     | Broken
        a\\r/\\r\\n                      | Broken
        a/\\nb\\r\\n                     | Broken
        a\\r\\n/\\n                      | Broken
        a\\r/''                          | Broken
        """)
    void reads(String chunks, String expected) throws IOException {
        String[] parts = unescape(chunks).replace("''", "").split("/", -1);
        Content content = read(1000, 1000, parts);
        if (content instanceof Content.Message(StoredMessage message)) {
            assertEquals(unescape(expected), text(message));
        } else {
            assertEquals(expected, content.getClass().getSimpleName());
        }
    }

    @Test
    void aMessageOfTheLargestSizeIsTaken() throws IOException {
        assertInstanceOf(Content.Message.class, read(10, 10, "1234", "5678\r\n"));
    }

    @Test
    void theChunkThatGoesOverTheSizeIsReadToItsEnd() throws IOException {
        assertInstanceOf(Content.TooBig.class, read(10, 10, "\r\n12", "345678\r\n", "9"));
    }

    @Test
    void aHeaderOverItsSizeIsRefusedWhereItIsSeen() throws IOException {
        assertInstanceOf(Content.HeaderTooBig.class, read(1000, 10, "a: 3456\r\n", "b: 1\r\n", "\r\nbody\r\n"));
    }

    @Test
    void aChunkThatIsCutOff() throws IOException {
        var input = input("123");
        assertInstanceOf(Content.Cut.class, new ChunkReader(input, draft(10, 10)).read(4, true));
    }

    /** However a message is cut into chunks, the same becomes of it, and what is taken holds no bare line end. */
    @Test
    void randomOctetsInRandomChunks() throws IOException {
        var random = new Random(3030);
        String alphabet = "\r\n.\0a\r\n.\r\n\r\n";
        for (int round = 0; round < 20_000; round++) {
            var message = new StringBuilder();
            for (int i = random.nextInt(24); i > 0; i--) {
                message.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String text = message.toString();
            int first = random.nextInt(text.length() + 1);
            int second = first + random.nextInt(text.length() + 1 - first);
            Content whole = read(1000, 1000, text);
            Content cut =
                    read(1000, 1000, text.substring(0, first), text.substring(first, second), text.substring(second));
            assertEquals(shown(whole), shown(cut));
            if (whole instanceof Content.Message(StoredMessage stored)) {
                String taken = text(stored);
                assertEquals("", taken.replace("\r\n", "").replaceAll("[^\r\n\0]", ""));
            }
        }
    }

    private static String shown(Content content) throws IOException {
        return content instanceof Content.Message(StoredMessage message)
                ? text(message)
                : content.getClass().getSimpleName();
    }

    /** What the last chunk led to, or the first that led to anything but more. */
    private static Content read(int maxOctets, int maxHeaderOctets, String... chunks) throws IOException {
        var reader = new ChunkReader(input(String.join("", chunks)), draft(maxOctets, maxHeaderOctets));
        for (int i = 0; i < chunks.length - 1; i++) {
            Content content = reader.read(chunks[i].length(), false);
            if (!(content instanceof Content.Chunk)) {
                return content;
            }
        }
        return reader.read(chunks[chunks.length - 1].length(), true);
    }

    private static Draft draft(int maxOctets, int maxHeaderOctets) {
        return TestStorage.roomy(maxOctets, maxHeaderOctets).draft(Storage.Waits.UNNOTICED);
    }

    private static String text(StoredMessage message) throws IOException {
        return new String(message.part(0, Integer.MAX_VALUE), StandardCharsets.ISO_8859_1);
    }

    private static InputBuffer input(String octets) {
        return new InputBuffer(new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1)), () -> {});
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
    }
}
