package org.signetmail.directory.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.DirectoryMetrics;
import org.signetmail.directory.DirectoryMetrics.ImportLine;
import org.signetmail.directory.changes.Backlog;
import org.signetmail.directory.importing.BoundedLines.Line;
import org.signetmail.directory.importing.LineWriter.Result;
import org.signetmail.directory.problem.Refused;

/**
 * One import: batches of lines, each a transaction. Holds one batch and five numbers, whatever the length of the
 * request; names so few faulty lines that a client which does not read before it has sent everything does not stop it.
 */
final class ImportRun {
    /** Where reports go. */
    interface Answer {
        void write(ImportReport report) throws IOException;
    }

    private static final Duration PROGRESS = Duration.ofSeconds(1);

    private final LineReader reader;
    private final LineWriter writer;
    private final Backlog backlog;
    private final DirectoryMetrics metrics;
    private final DirectoryConfig.Imports config;
    private final Answer answer;
    private final long[] counts = new long[ImportLine.values().length];
    private long line;
    private long lines;
    private long lastProgress = System.nanoTime();

    ImportRun(
            LineReader reader,
            LineWriter writer,
            Backlog backlog,
            DirectoryMetrics metrics,
            DirectoryConfig.Imports config,
            Answer answer) {
        this.reader = reader;
        this.writer = writer;
        this.backlog = backlog;
        this.metrics = metrics;
        this.config = config;
        this.answer = answer;
    }

    /** Passes over the lines in front of {@code from}, the first of which is 1. */
    void run(BoundedLines input, long from) throws IOException {
        input.skip(from - 1);
        for (List<Line> batch = batch(input); !batch.isEmpty(); batch = batch(input)) {
            List<AccountLine> read = batch.parallelStream().map(reader::read).toList();
            awaitFeed();
            for (Result result : writer.write(read)) {
                report(result);
            }
            line = batch.getLast().number();
            showProgress();
        }
        answer.write(progress(Optional.of(true)));
    }

    /** A change that somebody makes meanwhile shall not wait behind a million of ours. */
    private void awaitFeed() throws IOException {
        while (backlog.isLong()) {
            try {
                Thread.sleep(Backlog.POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while the change feed was behind", e);
            }
            showProgress();
        }
    }

    private void showProgress() throws IOException {
        if (System.nanoTime() - lastProgress > PROGRESS.toNanos()) {
            lastProgress = System.nanoTime();
            answer.write(progress(Optional.empty()));
        }
    }

    /** Blank lines are passed over. */
    private List<Line> batch(BoundedLines input) throws IOException {
        var batch = new ArrayList<Line>();
        while (batch.size() < config.batchSize()) {
            Optional<Line> next = input.next();
            if (next.isEmpty()) {
                return batch;
            }
            boolean blank = next.get() instanceof Line.Text text && new String(text.octets(), UTF_8).isBlank();
            if (!blank) {
                batch.add(next.get());
            }
        }
        return batch;
    }

    private void report(Result result) throws IOException {
        lines++;
        counts[result.result().ordinal()]++;
        metrics.importLine(result.result());
        if (result.fault().isPresent() && count(ImportLine.FAILED) <= config.reportedErrors()) {
            AccountLine.Faulty fault = result.fault().get();
            Refused reason = fault.reason();
            answer.write(new ImportReport.Fault(
                    fault.number(), fault.login(), reason.status(), reason.field(), reason.getMessage()));
        }
    }

    private ImportReport.Progress progress(Optional<Boolean> done) {
        return new ImportReport.Progress(
                line,
                lines,
                count(ImportLine.CREATED),
                count(ImportLine.CHANGED),
                count(ImportLine.UNCHANGED),
                count(ImportLine.FAILED),
                done);
    }

    private long count(ImportLine result) {
        return counts[result.ordinal()];
    }
}
