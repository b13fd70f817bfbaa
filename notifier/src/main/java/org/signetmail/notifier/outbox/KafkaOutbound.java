package org.signetmail.notifier.outbox;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.mail.Notice;

/** {@code signet.outbound}: one record a mail, which is never large enough for two; headers as deploy/contract has them. */
@ApplicationScoped
public class KafkaOutbound implements Outbound {
    private final MutinyEmitter<byte[]> emitter;
    private final Duration timeout;
    private final String fromDomain;

    KafkaOutbound(@Channel("outbound") MutinyEmitter<byte[]> emitter, NotifierConfig config) {
        this.emitter = emitter;
        this.timeout = config.outbox().timeout();
        this.fromDomain = config.serverName().toLowerCase(Locale.ROOT);
    }

    @Override
    public void publish(List<Outbox.Pending> mails) throws Unpublished {
        CompletableFuture<?>[] sent = mails.stream()
                .map(mail -> emitter.sendMessage(message(mail)).subscribeAsCompletionStage())
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(sent).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Unpublished("Kafka refused a mail: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new Unpublished("Kafka did not acknowledge within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unpublished("Stopped before Kafka acknowledged", e);
        }
    }

    private Message<byte[]> message(Outbox.Pending pending) {
        Notice notice = pending.notice();
        return Message.of(notice.mail().value())
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(notice.id())
                        .withHeaders(headers(pending, fromDomain))
                        .build());
    }

    /** @param fromDomain domain of our own address in From, for which the relay may sign */
    static Headers headers(Outbox.Pending pending, String fromDomain) {
        Notice notice = pending.notice();
        var headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", notice.id());
        add(headers, "ce_type", "org.signetmail.outbound.v1");
        add(headers, "ce_source", "/signet/notifier");
        add(headers, "ce_time", notice.writtenAt().toString());
        add(headers, "content-type", "message/rfc822");
        pending.traceparent().ifPresent(trace -> add(headers, "traceparent", trace));
        add(headers, "signet_part", "1");
        add(headers, "signet_parts", "1");
        add(headers, "signet_mail_from", ""); // RFC 3464 2: a report has the null sender
        add(headers, "signet_rcpt", notice.recipient());
        if (notice.smtputf8()) {
            add(headers, "signet_smtputf8", "true");
        }
        add(headers, "signet_from_domain", fromDomain);
        add(headers, "signet_received_at", notice.writtenAt().toString());
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
