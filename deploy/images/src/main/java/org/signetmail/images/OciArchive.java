package org.signetmail.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.signetmail.local.process.Trees;

/** An image in a file, in the OCI image layout, which podman, skopeo and containerd load. */
record OciArchive(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The digest of its manifest, by which a registry knows it. */
    String digest() throws IOException {
        return JSON.readTree(Commands.run(List.of("tar", "-xOf", file.toString(), "index.json")))
                .at("/manifests/0/digest")
                .asText();
    }

    /** A name for what is in its layers, whatever its labels say. */
    String contents() throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (JsonNode layer : blob(digest()).get("layers")) {
                digest.update(layer.get("digest").asText().getBytes(StandardCharsets.US_ASCII));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Its configuration: user, entry point, labels. */
    JsonNode configuration() throws IOException {
        return blob(blob(digest()).at("/config/digest").asText());
    }

    /** Makes directory what a container would have as its root: the layers one upon the other. */
    Path unpack(Path directory) throws IOException {
        Trees.delete(directory);
        Files.createDirectories(directory);
        Path blobs = directory.resolveSibling(directory.getFileName() + ".blobs");
        Files.createDirectories(blobs);
        Commands.run(List.of("tar", "-xf", file.toString(), "-C", blobs.toString()));
        for (JsonNode layer : blob(digest()).get("layers")) {
            Path archive = blobs.resolve(path(layer.get("digest").asText()));
            Commands.run(List.of("tar", "-xpzf", archive.toString(), "-C", directory.toString()));
        }
        Trees.delete(blobs);
        return directory;
    }

    private JsonNode blob(String digest) throws IOException {
        return JSON.readTree(Commands.run(List.of("tar", "-xOf", file.toString(), path(digest))));
    }

    private static String path(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }
}
