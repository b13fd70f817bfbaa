package org.signetmail.policy.operation;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.OptionalDouble;
import org.apache.kafka.common.Metric;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: the consumer of submissions is connected to a broker. Alive: its loop still polls, which it does without a
 * broker, too. The connector's own checks are off, because they count an absent broker as death.
 */
@ApplicationScoped
public class ConsumerHealth {
    private static final String CHANNEL = "submissions";
    private static final double LONGEST_SECONDS_WITHOUT_POLL = 120;

    private final KafkaClientService clients;

    public ConsumerHealth(KafkaClientService clients) {
        this.clients = clients;
    }

    @Produces
    @Readiness
    HealthCheck connected() {
        return () -> HealthCheckResponse.named("submissions consumer is connected")
                .status(metric("consumer-metrics", "connection-count").orElse(0) >= 1)
                .build();
    }

    @Produces
    @Liveness
    HealthCheck polling() {
        return () -> HealthCheckResponse.named("submissions consumer polls")
                .status(metric("consumer-metrics", "last-poll-seconds-ago").orElse(0) < LONGEST_SECONDS_WITHOUT_POLL)
                .build();
    }

    private OptionalDouble metric(String group, String name) {
        KafkaConsumer<?, ?> consumer = clients.getConsumer(CHANNEL);
        if (consumer == null || consumer.unwrap() == null) {
            return OptionalDouble.empty();
        }
        return consumer.unwrap().metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals(group)
                        && metric.metricName().name().equals(name))
                .map(Metric::metricValue)
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .findFirst();
    }
}
