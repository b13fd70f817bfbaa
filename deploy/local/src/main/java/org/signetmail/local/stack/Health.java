package org.signetmail.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A service's readiness check on its management port. */
public final class Health {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private Health() {}

    /** Asks a service whether it is ready; one that does not answer is not. */
    public static boolean isReady(HttpClient http, Endpoints endpoints, Part service) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoints.managementUrl(service) + "/q/health/ready"))
                .timeout(LIMIT)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
