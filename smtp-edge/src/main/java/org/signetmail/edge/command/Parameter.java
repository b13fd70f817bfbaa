package org.signetmail.edge.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One parameter of MAIL or RCPT, RFC 5321 section 4.1.1.11.
 *
 * @param keyword in upper case
 */
record Parameter(String keyword, Optional<String> value) {
    /** Splits the words behind a path; empty when a keyword stands there twice. */
    static Optional<List<Parameter>> split(List<String> words) {
        var parameters = new ArrayList<Parameter>();
        var seen = new HashSet<String>();
        for (String word : words) {
            int equals = word.indexOf('=');
            String keyword = (equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT);
            if (!seen.add(keyword)) {
                return Optional.empty();
            }
            parameters.add(
                    new Parameter(keyword, equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1))));
        }
        return Optional.of(parameters);
    }
}
