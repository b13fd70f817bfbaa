package org.signetmail.directory.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.DirectoryMetrics;
import org.signetmail.directory.DirectoryMetrics.ImportLine;
import org.signetmail.directory.account.AccountStore;
import org.signetmail.directory.account.AccountStore.Written;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.importing.BoundedLines.Line;
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

    private final Database database;
    private final AccountStore accounts;
    private final LineReader reader;
    private final DirectoryMetrics metrics;
    private final DirectoryConfig.Imports config;
    private final Answer answer;
    private final long[] counts = new long[ImportLine.values().length];
    private long lines;
    private long lastProgress = System.nanoTime();

    ImportRun(
            Database database,
            AccountStore accounts,
            LineReader reader,
            DirectoryMetrics metrics,
            DirectoryConfig.Imports config,
            Answer answer) {
        this.database = database;
        this.accounts = accounts;
        this.reader = reader;
        this.metrics = metrics;
        this.config = config;
        this.answer = answer;
    }

    void run(BoundedLines input) throws IOException {
        for (List<Line> batch = batch(input); !batch.isEmpty(); batch = batch(input)) {
            // Deriving a verifier takes milliseconds of a core: done by all cores, and outside the transaction.
            List<AccountLine> read = batch.parallelStream().map(reader::read).toList();
            for (Result result : database.write(transaction -> writeAll(transaction, read))) {
                report(result);
            }
            if (System.nanoTime() - lastProgress > PROGRESS.toNanos()) {
                lastProgress = System.nanoTime();
                answer.write(progress(Optional.empty()));
            }
        }
        answer.write(progress(Optional.of(true)));
    }

    /** Blank lines are passed over. */
    private List<Line> batch(BoundedLines input) throws IOException {
        var batch = new ArrayList<Line>();
        while (batch.size() < config.batchSize()) {
            Optional<Line> line = input.next();
            if (line.isEmpty()) {
                return batch;
            }
            boolean blank = line.get() instanceof Line.Text text && new String(text.octets(), UTF_8).isBlank();
            if (!blank) {
                batch.add(line.get());
            }
        }
        return batch;
    }

    private record Result(ImportLine result, Optional<AccountLine.Faulty> fault) {}

    private List<Result> writeAll(WriteTransaction transaction, List<AccountLine> batch) throws SQLException {
        var results = new ArrayList<Result>();
        for (AccountLine line : batch) {
            results.add(
                    switch (line) {
                        case AccountLine.Ready ready -> write(transaction, ready);
                        case AccountLine.Faulty faulty -> new Result(ImportLine.FAILED, Optional.of(faulty));
                    });
        }
        return results;
    }

    private Result write(WriteTransaction transaction, AccountLine.Ready line) throws SQLException {
        try {
            return new Result(label(accounts.put(transaction, line.account(), line.verifier())), Optional.empty());
        } catch (Refused e) {
            var login = Optional.of(line.account().login());
            return new Result(ImportLine.FAILED, Optional.of(new AccountLine.Faulty(line.number(), login, e)));
        }
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

    private static ImportLine label(Written written) {
        return switch (written) {
            case CREATED -> ImportLine.CREATED;
            case CHANGED -> ImportLine.CHANGED;
            case UNCHANGED -> ImportLine.UNCHANGED;
        };
    }
}
