package org.signetmail.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.signetmail.local.process.PartFailed;

/**
 * The accounts to try Signet with, written over the directory's REST API at the first start only: whoever changes them
 * keeps the changes. The requests stand in {@code demo-directory.http}, one a line.
 */
final class DemoDirectory {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int SUCCESS_BELOW = 300;
    private static final int CONFLICT = 409;

    private DemoDirectory() {}

    static void writeOnce(Home home, Endpoints endpoints, String adminToken) {
        if (Files.exists(home.demoStamp())) {
            return;
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String line : requests()) {
                send(http, line, endpoints, adminToken, home);
            }
            Files.createFile(home.demoStamp());
        } catch (IOException e) {
            throw new UncheckedIOException("The demo directory could not be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the demo directory was written", e);
        }
    }

    /** Lines of method, path and body. */
    static List<String> requests() throws IOException {
        try (InputStream in = DemoDirectory.class.getResourceAsStream("demo-directory.http")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    private static void send(HttpClient http, String line, Endpoints endpoints, String token, Home home)
            throws IOException, InterruptedException {
        List<String> words = List.of(line.split("\\s+", 3));
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoints.url(Part.DIRECTORY_SERVICE) + words.get(1)))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(words.getFirst(), HttpRequest.BodyPublishers.ofString(words.getLast()))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        // A conflict is a grant that a start before this one wrote before it was interrupted.
        if (response.statusCode() >= SUCCESS_BELOW && response.statusCode() != CONFLICT) {
            throw new PartFailed(
                    "directory-service answered %d to %s %s: %s"
                            .formatted(response.statusCode(), words.getFirst(), words.get(1), response.body()),
                    home.log(Part.DIRECTORY_SERVICE));
        }
    }
}
