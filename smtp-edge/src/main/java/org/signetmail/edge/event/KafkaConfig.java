package org.signetmail.edge.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long this service waits for Kafka. Where the brokers are is Quarkus' {@code kafka.bootstrap.servers}. */
@ConfigMapping(prefix = "signet.kafka")
public interface KafkaConfig {
    /** A record that is not acknowledged within this time counts as not written: the client reads 451. */
    @WithDefault("8s")
    Duration acknowledgeWithin();
}
