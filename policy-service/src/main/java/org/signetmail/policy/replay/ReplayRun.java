package org.signetmail.policy.replay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.signetmail.policy.event.EventJson;
import org.signetmail.policy.event.Submission;
import org.signetmail.policy.judge.Judge;
import org.signetmail.policy.judge.Mend;
import org.signetmail.policy.judge.Verdict.Accept;
import org.signetmail.policy.judge.Verdict.Defer;
import org.signetmail.policy.judge.Verdict.Overlook;
import org.signetmail.policy.judge.Verdict.Reject;
import org.signetmail.policy.judge.Verdict.Tolerate;
import org.signetmail.policy.operation.PolicyConfig;
import org.signetmail.policy.originator.Lookup;
import org.signetmail.policy.originator.Lookup.Absent;
import org.signetmail.policy.originator.Lookup.Found;
import org.signetmail.policy.originator.Lookup.Unavailable;
import org.signetmail.policy.originator.Originators;
import org.signetmail.policy.replay.SubmissionLog.Stopped;

/**
 * One replay. It takes at most half a core (it rests as long as it worked), and asks the directory slowly, once for each
 * account; so those who wait for a verdict do not feel it.
 */
final class ReplayRun {
    private static final int ACCOUNTS_IN_MEMORY = 10_000;
    private static final Duration PROGRESS = Duration.ofSeconds(1);

    private final Proposal proposal;
    private final Judge judge;
    private final Function<String, Lookup> directory;
    private final PolicyConfig.Replay config;
    private final Answer answer;
    private final Instant startedAt = Instant.now();
    private final Tally tally = new Tally();
    private final Cache<String, Originators> accounts =
            Caffeine.newBuilder().maximumSize(ACCOUNTS_IN_MEMORY).build();
    private long nextCall = System.nanoTime();
    private long lastProgress = System.nanoTime();
    private long waited; // for the directory, of the batch in hand

    /** Where reports go. */
    interface Answer {
        void write(ReplayReport report) throws IOException;
    }

    ReplayRun(
            Proposal proposal,
            Judge judge,
            Function<String, Lookup> directory,
            PolicyConfig.Replay config,
            Answer answer) {
        this.proposal = proposal;
        this.judge = judge;
        this.directory = directory;
        this.config = config;
        this.answer = answer;
    }

    void run(SubmissionLog log) throws Stopped, IOException {
        Instant from = startedAt.minus(proposal.back());
        log.read(from, this::read);
        answer.write(tally.result(from, startedAt, config.listedAccounts()));
    }

    private void read(Iterable<ConsumerRecord<byte[], byte[]>> records, long total) throws Stopped {
        long began = System.nanoTime();
        waited = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            read(record);
        }
        try {
            if (System.nanoTime() - lastProgress > PROGRESS.toNanos()) {
                lastProgress = System.nanoTime();
                answer.write(new ReplayReport.Progress(tally.records(), total));
            }
        } catch (IOException e) {
            throw new Stopped("The client is gone", e);
        }
        LockSupport.parkNanos(System.nanoTime() - began - waited);
    }

    private void read(ConsumerRecord<byte[], byte[]> record) throws Stopped {
        Submission submission;
        try {
            submission = EventJson.read(record.value(), Submission.class);
        } catch (IOException e) {
            tally.unjudged();
            return;
        }
        if (submission.fromCanary()) { // it is meant to be refused, and no grant should mend that
            tally.leftOut();
            return;
        }
        Originators originators = originators(submission.account());
        if (!proposal.concerns(originators)) {
            tally.leftOut();
            return;
        }
        switch (judge.judge(submission.facts(), originators, startedAt)) {
            case Accept _, Tolerate _, Overlook _ -> tally.accepted();
            case Defer _ -> tally.unjudged();
            case Reject _ ->
                tally.refused(
                        originators,
                        Mend.of(judge, submission.facts(), originators, startedAt),
                        Optional.ofNullable(submission.receivedAt()).orElse(Instant.ofEpochMilli(record.timestamp())));
        }
    }

    /** As it would be with what is proposed. */
    private Originators originators(String account) throws Stopped {
        Originators known = accounts.getIfPresent(account);
        if (known != null) {
            return known;
        }
        long began = System.nanoTime();
        LockSupport.parkNanos(nextCall - began);
        nextCall = System.nanoTime()
                + Duration.ofSeconds(1).dividedBy(config.callsPerSecond()).toNanos();
        Originators now = switch (directory.apply(account)) {
            case Found(Originators originators) -> proposal.applied(originators);
            case Absent _ -> Originators.absent(account);
            case Unavailable(String why) -> throw new Stopped(why, null);
        };
        waited += System.nanoTime() - began;
        accounts.put(account, now);
        return now;
    }
}
