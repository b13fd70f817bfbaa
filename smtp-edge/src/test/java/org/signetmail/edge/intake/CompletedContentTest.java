package org.signetmail.edge.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.edge.content.StoredMessage;
import org.signetmail.edge.submission.Additions;

/** The seam between the new top and the message may lie anywhere in a part. */
class CompletedContentTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 100})
    void partsPutTogetherAreTheWhole(int length) throws IOException {
        var message = StoredMessage.of(octets("old top|rest of it"));
        var content = new CompletedContent(new Additions.Top(octets("new and longer top"), 7), message);
        var whole = new StringBuilder();
        for (long at = 0; at < content.size(); at += length) {
            byte[] part = content.part(at, length);
            assertEquals(Math.min(length, content.size() - at), part.length);
            whole.append(new String(part, StandardCharsets.US_ASCII));
        }
        assertEquals("new and longer top|rest of it", whole.toString());
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
