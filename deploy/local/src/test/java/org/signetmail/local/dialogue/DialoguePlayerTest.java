package org.signetmail.local.dialogue;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that keeps to the script passes; one that departs from it, in whatever way, fails it. */
class DialoguePlayerTest {
    private static final List<String> SCRIPT =
            List.of("# a comment", "S: 220", "C: NOOP", "S: 250 Queued as ...", "C: QUIT", "S: 221 Bye", "S!");

    @Test
    void aServerThatKeepsToTheScript() {
        Said said = new Said("220 hello\r\n250 Queued as 42\r\n221 Bye\r\n");
        assertDoesNotThrow(() -> play(SCRIPT, said));
        assertEquals("NOOP\r\nQUIT\r\n", said.heard());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    554 no\\r\\n                                       | line 2
                    220 hello\\r\\n250 Taken\\r\\n                     | line 4
                    220 hello\\r\\n250 Queued as 42\\r\\n221 bye\\r\\n | line 6
                    220 hello\\r\\n250 Queued as 42\\r\\n221 Bye now\\r\\n | line 6
                    220 hello\\r\\n250 Queued as 42\\r\\n221 Bye\\r\\n421 more\\r\\n | line 7
                    220 hello\\r\\n                                    | line 4
                    ''                                                 | line 2
                    """)
    void aServerThatDepartsFromIt(String wire, String where) {
        Said said = new Said(wire.replace("\\r", "\r").replace("\\n", "\n"));
        String failure =
                assertThrows(AssertionError.class, () -> play(SCRIPT, said)).getMessage();
        assertTrue(failure.startsWith("test, " + where + ": "), failure);
    }

    @Test
    void aCodeAloneIsAWholeReply() {
        var script = List.of("S: 250", "S: 221");
        assertDoesNotThrow(() -> play(script, new Said("250-one\r\n250-two\r\n250 three\r\n221 Bye\r\n")));
        assertThrows(AssertionError.class, () -> play(script, new Said("250-one\r\n354 go on\r\n221 Bye\r\n")));
    }

    @Test
    void octetsAreSentAsTheyAreWritten() {
        Said said = new Said("");
        assertDoesNotThrow(() -> play(List.of("C| a\\r\\0\\xC3\\\\", "C*3 x\\n", "C: \u00FC"), said));
        assertEquals("a\r\0\u00C3\\x\nx\nx\n\u00C3\u00BC\r\n", said.heard());
    }

    @Test
    void aScriptThatIsNotUnderstoodNamesItsLine() {
        String failure = assertThrows(
                        IllegalArgumentException.class, () -> Dialogue.parse("test", List.of("S: 220", "X: what")))
                .getMessage();
        assertTrue(failure.contains("test.dialogue:2"), failure);
    }

    private static void play(List<String> script, Said server) throws Exception {
        new DialoguePlayer(Dialogue.parse("test", script)).play(server);
    }

    /** A server whose words are known beforehand. */
    private static final class Said implements DialoguePlayer.Peer {
        private final InputStream words;
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        private Said(String words) {
            this.words = new ByteArrayInputStream(words.getBytes(StandardCharsets.ISO_8859_1));
        }

        private String heard() {
            return heard.toString(StandardCharsets.ISO_8859_1);
        }

        @Override
        public InputStream fromServer() {
            return words;
        }

        @Override
        public OutputStream toServer() {
            return heard;
        }

        @Override
        public DialoguePlayer.Peer startTls() {
            return this;
        }
    }
}
