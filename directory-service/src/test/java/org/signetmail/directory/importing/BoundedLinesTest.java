package org.signetmail.directory.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.importing.BoundedLines.Line;

class BoundedLinesTest {
    @Test
    void linesAreNumberedAndTheLastNeedsNoEnd() throws IOException {
        assertEquals(List.of("1:a", "2:", "3:bc"), read("a\n\nbc", 10));
        assertEquals(List.of("1:a"), read("a\n", 10));
        assertEquals(List.of(), read("", 10));
    }

    @Test
    void aLineOverTheLimitIsPassedOver() throws IOException {
        assertEquals(List.of("1:abc", "2 too long", "3:d"), read("abc\nabcd\nd\n", 3));
    }

    @Test
    void linesThatArePassedOverAreCounted() throws IOException {
        var input = new BoundedLines(new ByteArrayInputStream("a\n\nbcd".getBytes(UTF_8)), 2);
        input.skip(2);
        assertEquals(new Line.TooLong(3), input.next().orElseThrow());
        input.skip(1);
        assertEquals(Optional.empty(), input.next());
    }

    private static List<String> read(String text, int limit) throws IOException {
        var input = new BoundedLines(new ByteArrayInputStream(text.getBytes(UTF_8)), limit);
        var lines = new ArrayList<String>();
        for (Optional<Line> line = input.next(); line.isPresent(); line = input.next()) {
            lines.add(
                    switch (line.get()) {
                        case Line.Text full -> full.number() + ":" + new String(full.octets(), UTF_8);
                        case Line.TooLong tooLong -> tooLong.number() + " too long";
                    });
        }
        return lines;
    }
}
