package org.signetmail.notifier.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The texts of mails: Qute templates of the jar, or of an administrator's directory where a file of the same name stands.
 * {@code NAME.LANGUAGE.txt} begins with the line {@code Subject: …} and an empty one; {@code NAME.LANGUAGE.html} is the
 * same for those who like it colourful. Every template is tried when it is loaded, so that a bad one ends the start of
 * the service, not a report.
 */
public final class Texts {
    private static final String SUBJECT = "Subject: ";
    private static final String HTML = "text/html";

    /** The directory has a template that cannot be used; says which, where, and what is wrong. */
    public static final class BadTemplate extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadTemplate(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final Engine engine = Engine.builder()
            .addDefaults()
            .addResultMapper(new HtmlEscaper(List.of(HTML)))
            .build();
    private final Map<String, Template> templates = new HashMap<>();

    /** @param directory where templates of an administrator are looked for */
    public Texts(Optional<Path> directory) {
        for (TextKind kind : TextKind.values()) {
            for (Language language : Language.values()) {
                for (String form : List.of("txt", "html")) {
                    load(name(kind, language, form), kind, directory);
                }
            }
        }
    }

    /** Fills in the values; each is plain text that was made visible before. */
    public Body write(TextKind kind, Language language, Map<String, ?> values) {
        String text = render(name(kind, language, "txt"), values);
        int end = text.indexOf("\n\n");
        String subject = text.substring(SUBJECT.length(), end);
        return new Body(subject, text.substring(end + 2), render(name(kind, language, "html"), values));
    }

    private String render(String name, Map<String, ?> values) {
        return templates.get(name).data(values).render();
    }

    private void load(String name, TextKind kind, Optional<Path> directory) {
        Optional<Path> own = directory.map(path -> path.resolve(name)).filter(Files::exists);
        String file = own.map(Path::toString).orElse(name);
        try {
            Template template = engine.parse(
                    own.isPresent() ? Files.readString(own.get()) : shipped(name),
                    name.endsWith(".html") ? Variant.forContentType(HTML) : null,
                    file);
            for (Map<String, ?> values : Samples.of(kind)) {
                tried(file, template.data(values).render());
            }
            templates.put(name, template);
        } catch (TemplateException e) {
            throw new BadTemplate(file + ", line " + line(e) + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BadTemplate(file + ": cannot be read as UTF-8: " + e.getMessage(), e);
        }
    }

    private static void tried(String file, String text) {
        boolean wellBegun = text.startsWith(SUBJECT) && text.indexOf("\n\n") == text.indexOf('\n');
        if (file.endsWith(".txt") && !wellBegun) {
            throw new BadTemplate(
                    file + ", line 1: it begins with \"" + SUBJECT + "...\" on one line, then an empty one", null);
        }
    }

    private static String line(TemplateException e) {
        Origin origin = e.getOrigin();
        return origin == null ? "unknown" : Integer.toString(origin.getLine());
    }

    private static String name(TextKind kind, Language language, String form) {
        return kind.word() + "." + language.word() + "." + form;
    }

    private static String shipped(String name) {
        try (InputStream file = Texts.class.getResourceAsStream("/texts/" + name)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
