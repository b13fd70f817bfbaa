package org.signetmail.notifier.incident;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jboss.logging.Logger;
import org.signetmail.notifier.config.NotifierConfig;

/** Asks policy-service how it would judge now, in the name of the person who asks: no role of our own is needed. */
@Singleton
class Policy {
    private static final Logger LOG = Logger.getLogger(Policy.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int OK = 200;
    /** Quarkus' TLS configuration that has our certificate and the authorities that we trust. */
    private static final String TLS = "internal";

    private final URI explanations;
    private final ObjectMapper json;
    private volatile HttpClient http;

    Policy(NotifierConfig config, ObjectMapper json, TlsConfigurationRegistry tls) {
        this.explanations = URI.create(config.policy().url() + "/api/v1/explanations");
        this.json = json;
        this.http = http(tls.get(TLS));
    }

    /** Calls under way end with the old certificate. */
    void renew(@Observes CertificateUpdatedEvent renewed) {
        if (renewed.name().equals(TLS)) {
            http = http(Optional.of(renewed.tlsConfiguration()));
            LOG.info("New connections to policy-service take the renewed certificate");
        }
    }

    private static HttpClient http(Optional<TlsConfiguration> tls) {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(LIMIT);
        tls.ifPresent(configuration -> builder.sslContext(context(configuration)));
        return builder.build();
    }

    private static SSLContext context(TlsConfiguration configuration) {
        try {
            return configuration.createSSLContext();
        } catch (Exception e) { // it declares no less
            throw new IllegalStateException("The TLS configuration " + TLS + " cannot be used", e);
        }
    }

    /** What it answered, or why it did not. */
    sealed interface Answer {}

    record Explained(Map<String, Object> explanation) implements Answer {}

    record Unavailable(String why) implements Answer {}

    Answer explain(JsonNode question, String authorization) {
        HttpRequest request = HttpRequest.newBuilder(explanations)
                .timeout(LIMIT)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question.toString()))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() == OK
                    ? new Explained(json.readValue(response.body(), new TypeReference<>() {}))
                    : new Unavailable("policy-service answered " + response.statusCode());
        } catch (IOException e) {
            LOG.warnf("policy-service at %s did not explain: %s", explanations, e);
            return new Unavailable("policy-service is unreachable");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable("notifier is stopping");
        }
    }
}
