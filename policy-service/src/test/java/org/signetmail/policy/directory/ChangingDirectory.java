package org.signetmail.policy.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.signetmail.policy.originator.AccountState;
import org.signetmail.policy.originator.AddressBook;
import org.signetmail.policy.originator.Lookup;
import org.signetmail.policy.originator.Lookup.Found;
import org.signetmail.policy.originator.Mode;
import org.signetmail.policy.originator.Originators;

/**
 * directory-service as its promise has it: accounts that only have versions, an outbox written with each change, and one
 * publisher that sends the outbox in order and behind it a heartbeat. It remembers when each version was committed.
 */
final class ChangingDirectory implements AutoCloseable {
    private static final String FEED = "signet.directory-changes";
    private static final long ROUND_MILLISECONDS = 50;

    private final Map<String, List<Instant>> commits = new HashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final KafkaProducer<String, byte[]> producer;
    private final Thread publisher;
    private List<String> outbox = new ArrayList<>();
    private long calls;

    ChangingDirectory(String bootstrapServers, List<String> accounts) {
        accounts.forEach(account -> commits.put(account, new ArrayList<>(List.of(Instant.now()))));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
        publisher = Thread.ofPlatform().name("publisher").daemon().start(this::publish);
    }

    synchronized void change(String account) {
        commits.get(account).add(Instant.now());
        outbox.add(account);
    }

    /** What REST answers. */
    synchronized Lookup read(String account) {
        calls++;
        return new Found(new Originators(
                account,
                AccountState.ENABLED,
                Optional.empty(),
                commits.get(account).size(),
                Mode.ENFORCE,
                Optional.empty(),
                new AddressBook(List.of(), List.of()),
                Map.of()));
    }

    synchronized long calls() {
        return calls;
    }

    /** When a version was overtaken by the next. */
    synchronized Optional<Instant> overtaken(String account, long version) {
        List<Instant> of = commits.get(account);
        return version < of.size() ? Optional.of(of.get((int) version)) : Optional.empty();
    }

    @Override
    public void close() {
        closed.set(true);
        try {
            publisher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }

    private void publish() {
        try {
            while (!closed.get()) {
                Instant at;
                List<String> changed;
                synchronized (this) {
                    at = Instant.now(); // every change before it is in the outbox, or was sent
                    changed = outbox;
                    outbox = new ArrayList<>();
                }
                var sent = new ArrayList<Future<?>>();
                for (String account : changed) {
                    sent.add(send(
                            account,
                            "{\"kind\":\"account\",\"account\":\"%s\",\"version\":1,\"at\":\"%s\"}"
                                    .formatted(account, at)));
                }
                for (Future<?> acknowledgement : sent) {
                    acknowledgement.get();
                }
                send("*heartbeat", "{\"kind\":\"heartbeat\",\"version\":1,\"at\":\"%s\"}".formatted(at))
                        .get();
                Thread.sleep(ROUND_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Future<?> send(String key, String value) {
        return producer.send(new ProducerRecord<>(FEED, 0, key, value.getBytes(UTF_8)));
    }
}
