package org.signetmail.scale;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.signetmail.local.process.JavaProcess;
import org.signetmail.local.stack.Part;

/** One process of a service, on an address of its own. It may have ended; then it has no metrics. */
record Pod(Part service, int number, String host, JavaProcess process) {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int OK = 200;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** As it greets, if it is an edge. */
    String name() {
        return service.label() + "-" + number;
    }

    boolean isReady() {
        return get("/q/health/ready").isPresent();
    }

    /** Sum of all samples whose line begins so, such as {@code signet_policy_verdicts_total}. */
    double figure(String beginning) {
        return get("/q/metrics").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** What the management port answers with 200. */
    private Optional<String> get(String path) {
        URI uri = URI.create("http://" + host + ":" + Net.MANAGEMENT_PORT + path);
        try {
            HttpResponse<String> response =
                    HTTP.send(HttpRequest.newBuilder(uri).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
            return Optional.of(response.body()).filter(_ -> response.statusCode() == OK);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
