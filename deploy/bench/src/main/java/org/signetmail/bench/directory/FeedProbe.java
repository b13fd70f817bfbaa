package org.signetmail.bench.directory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.signetmail.bench.load.Latency;

/** Changes one account again and again while an import runs, and takes the time until the change is on the feed. */
final class FeedProbe implements AutoCloseable {
    private static final TopicPartition FEED = new TopicPartition("signet.directory-changes", 0);
    private static final String LOGIN = "probe";
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final long PAUSE_MILLIS = 250;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int DIGITS = 3;

    private final DirectoryClient client;
    private final KafkaConsumer<String, byte[]> feed;
    private final Histogram times = new Histogram(LONGEST_MICROS, DIGITS);
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Exception failure;

    FeedProbe(DirectoryClient client, String bootstrapServers) {
        this.client = client;
        this.feed = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        feed.assign(List.of(FEED));
        feed.seekToEnd(List.of(FEED));
        this.thread = Thread.ofPlatform().daemon().name("feed-probe").start(this::run);
    }

    /** Stops, and returns the times from the request to the record on the feed. */
    Latency stop() throws IOException, InterruptedException {
        stopping = true;
        thread.join();
        if (failure != null) {
            throw new IOException("The probe of the feed failed", failure);
        }
        return Latency.of(times);
    }

    private void run() {
        try {
            feed.position(FEED);
            for (int i = 0; !stopping; i++) {
                long begin = System.nanoTime();
                client.put("/api/v1/accounts/" + LOGIN, "{\"displayName\":\"" + i + "\"}");
                awaitRecord();
                times.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = e;
        }
    }

    private void awaitRecord() {
        boolean seen = false;
        while (!seen) {
            for (var next : feed.poll(POLL)) {
                seen |= LOGIN.equals(next.key());
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
        feed.wakeup();
    }
}
