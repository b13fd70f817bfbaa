package org.signetmail.policy.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table has every key, and no other. */
class ReadmeTest {
    private static final Pattern KEY = Pattern.compile("(?m)^\\| `(signet\\.[a-z.-]+)` \\|");

    @Test
    void itHasEveryKey() throws IOException {
        assertEquals(keys("signet.", PolicyConfig.class).collect(Collectors.toCollection(TreeSet::new)), inReadme(KEY));
    }

    private static Stream<String> keys(String prefix, Class<?> mapping) {
        return List.of(mapping.getDeclaredMethods()).stream().flatMap(method -> {
            String key = prefix + kebabCase(method);
            return method.getReturnType().getEnclosingClass() == PolicyConfig.class
                    ? keys(key + ".", method.getReturnType())
                    : Stream.of(key);
        });
    }

    private static String kebabCase(Method method) {
        return method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** First groups of what the pattern finds in the README. */
    static SortedSet<String> inReadme(Pattern pattern) throws IOException {
        return found(pattern, Files.readString(Path.of("README.md")));
    }

    static SortedSet<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
