package org.signetmail.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;

/** The objects of an overlay as kubectl renders them. Tests are skipped without kubectl. */
record Manifests(String overlay, List<Manifest> all) {
    static final Path ROOT = Path.of(System.getProperty("signet.root"));

    /** Every overlay; what holds of one must hold of each. */
    static final List<String> OVERLAYS = List.of("dev", "production");

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    static Stream<Manifests> overlays() {
        return OVERLAYS.stream().map(Manifests::of);
    }

    static Manifests of(String overlay) {
        return RENDERED.computeIfAbsent(overlay, Manifests::render);
    }

    Stream<Manifest> ofKind(String... kinds) {
        return all.stream().filter(manifest -> List.of(kinds).contains(manifest.kind()));
    }

    /** The Deployments and StatefulSets: the services of this repository. */
    Stream<Manifest> services() {
        return ofKind("Deployment", "StatefulSet");
    }

    Manifest the(String kind, String name) {
        return ofKind(kind)
                .filter(manifest -> manifest.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(overlay + " has no " + kind + " " + name));
    }

    boolean has(String kind, String name) {
        return ofKind(kind).anyMatch(manifest -> manifest.name().equals(name));
    }

    @Override
    public String toString() {
        return overlay;
    }

    static List<Manifest> read(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll().stream().map(Manifest::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Manifests render(String overlay) {
        boolean there = Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
        Assumptions.assumeTrue(there, "kubectl renders the overlays, and no package of Debian's is new enough");
        Path directory = ROOT.resolve("deploy/kubernetes/overlays").resolve(overlay);
        try {
            Process process = new ProcessBuilder("kubectl", "kustomize", directory.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("kubectl kustomize " + directory + ": " + output);
            }
            return new Manifests(overlay, read(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while kubectl ran", e);
        }
    }
}
