package org.signetmail.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.signetmail.local.process.Layout;
import org.signetmail.local.process.ProgramProcess;
import org.signetmail.local.stack.Endpoints;
import org.signetmail.local.stack.Part;

/** Debian's Prometheus, which scrapes the services of a local stack every second and evaluates our alerts. */
final class Prometheus implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SETTINGS = """
            global:
              scrape_interval: 1s
              evaluation_interval: 1s
            rule_files:
              - %s/*.yaml
            scrape_configs:
            """;

    /** As the cluster's PodMonitor labels what it finds: the job is the service, the instance its pod. */
    private static final String SERVICE = """
              - job_name: %1$s
                metrics_path: /q/metrics
                static_configs:
                  - targets: ["127.0.0.1:%2$d"]
                    labels:
                      instance: %1$s-0
            """;

    private final ProgramProcess process;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private Prometheus(ProgramProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    static Prometheus start(Path directory, int port, Endpoints endpoints) throws IOException {
        var settings = new StringBuilder(SETTINGS.formatted(Layout.root().resolve("deploy/monitoring/alerts")));
        for (Part part : Part.values()) {
            if (part.isService()) {
                settings.append(SERVICE.formatted(part.label(), endpoints.managementPort(part)));
            }
        }
        Files.createDirectories(directory);
        Path file = Files.writeString(directory.resolve("prometheus.yaml"), settings);
        Path log = directory.resolve("prometheus.log");
        ProgramProcess process = ProgramProcess.start(
                List.of(
                        "prometheus",
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port),
                log);
        process.awaitPort(port, LIMIT);
        return new Prometheus(process, "http://127.0.0.1:" + port + "/api/v1/");
    }

    /** The series that an expression has now. */
    JsonNode query(String expression) {
        return ask("query?query=" + encoded(expression)).path("result");
    }

    /** The series of an expression, with their values at each step. */
    JsonNode range(String expression, Instant from, Instant to, Duration step) {
        return ask("query_range?query=%s&start=%d&end=%d&step=%d"
                        .formatted(encoded(expression), from.getEpochSecond(), to.getEpochSecond(), step.toSeconds()))
                .path("result");
    }

    /** The alerts, with how their last evaluation went. */
    JsonNode rules() {
        return ask("rules?type=alert").at("/groups");
    }

    private static String encoded(String expression) {
        return URLEncoder.encode(expression, StandardCharsets.UTF_8);
    }

    /** @throws AssertionError with what Prometheus has to say about a query that it does not understand */
    private JsonNode ask(String request) {
        HttpRequest get =
                HttpRequest.newBuilder(URI.create(url + request)).timeout(LIMIT).build();
        try {
            JsonNode answer = JSON.readTree(
                    http.send(get, HttpResponse.BodyHandlers.ofString()).body());
            if (!answer.path("status").asText().equals("success")) {
                throw new AssertionError(request + ": " + answer.path("error").asText());
            }
            return answer.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        process.close();
    }
}
