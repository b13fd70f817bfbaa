package org.signetmail.notifier.digest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.signetmail.notifier.administrator.Administration;
import org.signetmail.notifier.administrator.Administrators;
import org.signetmail.notifier.config.Backoff;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.database.Rounds;
import org.signetmail.notifier.database.Schema;
import org.signetmail.notifier.event.EventJson;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.event.Unreadable;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.mail.NoticeWriter;
import org.signetmail.notifier.metrics.NotifierMetrics;
import org.signetmail.notifier.metrics.NotifierMetrics.Result;
import org.signetmail.notifier.outbox.Outbox;
import org.signetmail.notifier.outbox.OutboxPublisher;
import org.signetmail.notifier.text.Texts;

/** Writes the digests that are due: one transaction each, from the rows that were gathered to the mail in the outbox. */
@Singleton
public class DigestSender {
    private static final Logger LOG = Logger.getLogger(DigestSender.class);

    private final Database database;
    private final Schema schema;
    private final DigestStore store;
    private final Outbox outbox;
    private final OutboxPublisher publisher;
    private final NotifierConfig config;
    private final NotifierMetrics metrics;
    private final Clock clock;
    private final Administrators administrators;
    private final DigestLetter letter;
    private Rounds rounds;

    DigestSender(
            Database database,
            Schema schema,
            DigestStore store,
            Outbox outbox,
            OutboxPublisher publisher,
            NotifierConfig config,
            NotifierMetrics metrics,
            Clock clock,
            Administrators administrators,
            Texts texts) {
        this.database = database;
        this.schema = schema;
        this.store = store;
        this.outbox = outbox;
        this.publisher = publisher;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
        this.administrators = administrators;
        this.letter = new DigestLetter(
                new NoticeWriter(config.serverName()), texts, config.texts().language());
    }

    void begin(@Observes StartupEvent event) {
        rounds = Rounds.begin(
                "digests", schema, config.notices().checkInterval(), new Backoff(config.retry()), this::sendDue);
    }

    void end(@Observes ShutdownEvent event) throws InterruptedException {
        rounds.end();
    }

    /** Writes all digests that are due and that no other notifier writes. */
    public void sendDue() throws SQLException {
        for (Optional<Result> sent = next(); sent.isPresent(); sent = next()) {
            metrics.notice(NoticeKind.DIGEST, sent.get());
            publisher.wake();
        }
    }

    private Optional<Result> next() throws SQLException {
        return database.transaction(connection -> {
            Instant now = clock.instant();
            Optional<Audience> due = store.lockDue(connection, now);
            return due.isPresent() ? Optional.of(write(connection, due.get(), now)) : Optional.empty();
        });
    }

    private Result write(Connection connection, Audience audience, Instant now) throws SQLException {
        String id = UUID.randomUUID() + ".digest";
        Digest digest =
                store.claim(connection, audience, id, now.plus(config.notices().window()));
        try {
            Rejection newest = EventJson.read(digest.newest().getBytes(UTF_8), Rejection.class);
            Mailbox to = Mailbox.of(audience.recipient()).orElseThrow();
            Administration responsible = administrators
                    .responsible(connection, List.of(newest.primaryAddress()))
                    .of(newest.primaryAddress());
            var heading = new NoticeWriter.Heading(id, NoticeKind.DIGEST, to, now);
            var notice = letter.write(heading, audience, digest, newest, responsible);
            outbox.add(connection, List.of(new Outbox.Entry(notice, Optional.empty(), Optional.empty())));
            return Result.QUEUED;
        } catch (MessagingException | Unreadable | RuntimeException e) {
            LOG.errorf(e, "%s: the digest cannot be written", audience);
            store.release(connection, id);
            return Result.FAILED;
        }
    }
}
