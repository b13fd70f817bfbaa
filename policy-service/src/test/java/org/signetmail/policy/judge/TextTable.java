package org.signetmail.policy.judge;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tests as text: lines of tab-separated columns, # begins a comment, backslash u and four digits what cannot be seen. */
public final class TextTable {
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-Fa-f]{4})");

    private TextTable() {}

    public static Stream<List<String>> rows(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> Stream.of(line.split("\t+", -1))
                        .map(TextTable::unescape)
                        .toList());
    }

    private static String unescape(String column) {
        return ESCAPE.matcher(column)
                .replaceAll(
                        match -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 16))));
    }
}
