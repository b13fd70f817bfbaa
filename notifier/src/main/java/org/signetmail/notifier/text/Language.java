package org.signetmail.notifier.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Languages that texts are shipped in. */
public enum Language {
    EN,
    DE;

    private static final int LONGEST = 200;

    /**
     * The language of whoever wrote a message: what its mail program said of it (RFC 3282), else the usual one. Who forges
     * these fields chooses the language of a text, and nothing else.
     *
     * @param fields values of Accept-Language and Content-Language, in this order
     */
    public static Language of(List<String> fields, Language usual) {
        return fields.stream()
                .filter(value -> value.length() <= LONGEST)
                .flatMap(value -> preferred(value).stream())
                .findFirst()
                .orElse(usual);
    }

    /** The first of ours in the writer's order of preference. */
    private static Optional<Language> preferred(String value) {
        try {
            return Locale.LanguageRange.parse(value.strip()).stream()
                    .flatMap(range -> known(range.getRange()).stream())
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // No language tags: as if the field were not there.
        }
    }

    private static Optional<Language> known(String range) {
        return named(range.replaceFirst("-.*", ""));
    }

    /** The language of this word: {@code en}, {@code de}. */
    public static Optional<Language> named(String word) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.word().equals(word))
                .findAny();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
