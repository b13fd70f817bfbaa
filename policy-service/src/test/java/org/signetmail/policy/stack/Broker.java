package org.signetmail.policy.stack;

/** Where the broker of the stack listens. */
public record Broker(String bootstrapServers) {
    public Kafka connect() {
        return new Kafka(bootstrapServers);
    }
}
