package org.signetmail.edge.mx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Fetches policies over HTTPS, from a host whose certificate is valid for its name (RFC 8461 3.3). */
public final class StsFetcher {
    private static final int MOST_OCTETS = 64 * 1024;

    private final HttpClient client;
    private final int port;
    private final Duration timeout;

    /** @param port 443 but in tests */
    public StsFetcher(SSLContext tls, int port, Duration timeout) {
        this.port = port;
        this.timeout = timeout;
        // RFC 8461 3.3: redirects are not followed, nor is anything cached by HTTP.
        client = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    String fetch(String domain) throws IOException {
        URI uri = URI.create("https://mta-sts." + domain + ":" + port + "/.well-known/mta-sts.txt");
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                String type = response.headers().firstValue("Content-Type").orElse("");
                if (response.statusCode() != 200
                        || !type.split(";", 2)[0].strip().equalsIgnoreCase("text/plain")) {
                    throw new IOException(uri + ": " + response.statusCode() + " " + type);
                }
                byte[] policy = body.readNBytes(MOST_OCTETS + 1);
                if (policy.length > MOST_OCTETS) {
                    throw new IOException(uri + ": more than " + MOST_OCTETS + " octets");
                }
                return new String(policy, UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped", e);
        }
    }
}
