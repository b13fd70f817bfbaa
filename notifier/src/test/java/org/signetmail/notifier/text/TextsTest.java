package org.signetmail.notifier.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.notifier.text.Texts.BadTemplate;

/** An administrator's templates, and whose language a mail has. */
class TextsTest {
    @TempDir
    Path directory;

    private Texts texts() {
        return new Texts(Optional.of(directory));
    }

    private BadTemplate bad(String name, String template) throws IOException {
        Files.writeString(directory.resolve(name), template);
        return assertThrows(BadTemplate.class, this::texts);
    }

    @Test
    void anOwnTemplateReplacesTheShippedOne() throws IOException {
        Files.writeString(directory.resolve("refused.en.txt"), "Subject: No, {account}\n\nNot {address}.\n");
        Map<String, ?> values = Samples.of(TextKind.REFUSED).getFirst();
        Body english = texts().write(TextKind.REFUSED, Language.EN, values);
        assertEquals("No, alice", english.subject());
        assertEquals("Not ceo@example.test.\n", english.text());
        assertTrue(english.html().contains("Thunderbird"));
        assertTrue(texts().write(TextKind.REFUSED, Language.DE, values).text().contains("Ihre Nachricht"));
    }

    @Test
    void aBadTemplateEndsTheStartAndNamesItsLine() throws IOException {
        String unclosed =
                bad("refused.en.txt", "Subject: x\n\n{#if identity}\nno end\n").getMessage();
        assertTrue(unclosed.startsWith(directory.resolve("refused.en.txt") + ", line 4: "), unclosed);
    }

    @Test
    void aValueThatDoesNotExistIsFoundInEveryCase() throws IOException {
        String unknown = bad("digest.de.txt", "Subject: x\n\n{#if !admin}\n{acount}\n{/if}\n")
                .getMessage();
        assertTrue(unknown.startsWith(directory.resolve("digest.de.txt") + ", line 4: "), unknown);
    }

    @Test
    void aTextBeginsWithItsSubject() throws IOException {
        String without = bad("delivery.en.txt", "Hello\n").getMessage();
        assertEquals(
                directory.resolve("delivery.en.txt")
                        + ", line 1: it begins with \"Subject: ...\" on one line, then an empty one",
                without);
    }

    @Test
    void whatOthersWroteIsNoHtml() {
        var values = new HashMap<String, Object>(Samples.of(TextKind.REFUSED).getFirst());
        values.put("address", "<script>\"&'");
        Body body = texts().write(TextKind.REFUSED, Language.EN, values);
        assertTrue(body.text().contains("<script>\"&'"));
        assertTrue(body.html().contains("&lt;script&gt;&quot;&amp;&#39;"), body.html());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de-DE, en;q=0.5 | DE",
                "de | DE",
                "fr, en;q=0.5, de;q=0.7 | DE",
                "en-GB | EN",
                "fr | EN",
                "* | EN",
                "d\u00e9 | EN",
                "'' | EN"
            })
    void theMailProgramSaysTheLanguage(String field, Language expected) {
        assertEquals(expected, Language.of(List.of(field), Language.EN));
    }

    @Test
    void withoutAWordTheUsualLanguageIsTaken() {
        assertEquals(Language.DE, Language.of(List.of(), Language.DE));
        assertEquals(Language.EN, Language.of(List.of("fr", "en"), Language.DE));
        assertEquals(Language.DE, Language.of(List.of("x".repeat(10_000)), Language.DE));
    }
}
