package org.signetmail.bench.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The REST interface of directory-service. */
final class DirectoryClient implements AutoCloseable {
    private static final int OK = 200;
    private static final int CREATED = 201;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String url;
    private final String token;

    DirectoryClient(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** Imports, and returns the last line of the answer. */
    JsonNode importAccounts(Supplier<InputStream> lines) throws IOException, InterruptedException {
        HttpRequest request = request("/api/v1/imports")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofInputStream(lines))
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        JsonNode last = null;
        try (var answer = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                last = json.readTree(line);
                System.out.println("  " + line);
            }
        }
        if (last == null
                || !last.path("done").asBoolean()
                || last.path("failed").asLong() > 0) {
            throw new IOException("The import ended with " + last);
        }
        return last;
    }

    /** Counts the octets and lines of an export. */
    long exportedLines() throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(request("/api/v1/exports").build(), BodyHandlers.ofInputStream());
        long lines = 0;
        var buffer = new byte[1 << 16];
        try (InputStream body = response.body()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return lines;
    }

    void originators(String login) throws IOException, InterruptedException {
        expect(
                OK,
                http.send(request("/api/v1/accounts/" + login + "/originators").build(), BodyHandlers.ofString()));
    }

    void put(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != CREATED) {
            expect(OK, response);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token);
    }

    private static void expect(int status, HttpResponse<String> response) throws IOException {
        if (response.statusCode() != status) {
            throw new IOException(response.uri() + ": " + response.statusCode() + " " + response.body());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
