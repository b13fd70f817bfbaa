package org.signetmail.edge.submission;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Rows of a test table: columns between tabs, Java's escapes in them, one character of the result per octet. */
final class Table {

    private Table() {}

    static Stream<List<String>> rows(String resource) throws IOException {
        try (InputStream in = Table.class.getResourceAsStream(resource)) {
            String table = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return table.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Table::columns);
        }
    }

    static byte[] octets(String column) {
        return column.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String utf8(String column) {
        return new String(octets(column), StandardCharsets.UTF_8);
    }

    private static List<String> columns(String line) {
        return Arrays.stream(line.split("\t", -1)).map(String::translateEscapes).toList();
    }
}
