package org.signetmail.notifier.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.signetmail.notifier.mail.Visible;

/** One attempt over HTTP. A redirect is no answer, and what the target writes back is not read. */
final class Caller implements AutoCloseable {
    private static final int OK_CLASS = 2;
    private static final int CLASS = 100;
    private static final int GONE = 410;

    private final Duration limit;
    private final Clock clock;
    private final HttpClient http;

    Caller(Duration limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
        // A request to upgrade to HTTP/2 in plain text confuses some receivers.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .build();
    }

    /** Returns within the limit, whatever the target does. */
    Delivery.Outcome call(Target target, List<byte[]> keys, Delivery delivery) throws InterruptedException {
        Instant now = clock.instant();
        HttpRequest request = HttpRequest.newBuilder(target.url())
                .header("Content-Type", "application/cloudevents+json")
                .header("User-Agent", "signet-notifier")
                .header("webhook-id", delivery.id())
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", Signature.of(keys, delivery.id(), now, delivery.body()))
                .POST(BodyPublishers.ofString(delivery.body()))
                .build();
        // The client's own limit ends with the header of the answer; a body that never ends has to be given up here.
        CompletableFuture<HttpResponse<Void>> response = http.sendAsync(request, BodyHandlers.discarding());
        try {
            return outcome(response.get(limit.toMillis(), TimeUnit.MILLISECONDS).statusCode());
        } catch (ExecutionException e) {
            return new Delivery.Failed(Visible.line(reason(e.getCause())));
        } catch (TimeoutException e) {
            return new Delivery.Failed("no answer within " + limit.toMillis() + " ms");
        } finally {
            response.cancel(true);
        }
    }

    private static Delivery.Outcome outcome(int status) {
        if (status / CLASS == OK_CLASS) {
            return new Delivery.Delivered();
        }
        String error = "answered " + status;
        return status == GONE ? new Delivery.Gone(error) : new Delivery.Failed(error);
    }

    private static String reason(Throwable cause) {
        String kind = cause instanceof IOException
                ? cause.getClass().getSimpleName()
                : cause.getClass().getName();
        return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
