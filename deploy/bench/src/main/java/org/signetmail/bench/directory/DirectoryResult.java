package org.signetmail.bench.directory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.signetmail.bench.load.Latency;
import org.signetmail.bench.measure.Machine;

/**
 * The record of one run.
 *
 * @param at when it ended, RFC 3339
 * @param importSeconds from the first line to the last answer, of all but the small directory's accounts
 * @param repeatSeconds the same import once more, of which nothing is new
 * @param feed from a change of somebody else during the import until it was on the feed
 * @param memoryMiB of directory-service, after all
 */
record DirectoryResult(
        Machine machine,
        DirectorySettings settings,
        String at,
        double importSeconds,
        double repeatSeconds,
        double exportSeconds,
        Latency feed,
        Latency small,
        Latency large,
        double memoryMiB) {
    private static final double BOUND = 3;

    /** Whether the large directory answers as the small one does: p99 under three times its p99. */
    boolean holds() {
        return large.p99() < BOUND * small.p99();
    }

    /** Markdown. */
    String table() {
        int imported = settings.accounts() - settings.small();
        return String.format(
                Locale.ROOT,
                """
                | figure | value |
                |---|---:|
                | originators with %,d accounts, p50 / p99, ms | %.2f / %.2f |
                | originators with %,d accounts, p50 / p99, ms | %.2f / %.2f |
                | p99 over p99 (bound: 3) | %.2f |
                | import of %,d accounts with %,d addresses, s | %.0f |
                | accounts/s | %.0f |
                | the same import again, nothing new, s | %.0f |
                | another's change on the feed during the import, p50 / p99 / max, ms | %.0f / %.0f / %.0f |
                | export of all, s | %.0f |
                | memory of directory-service, MiB | %.0f |""",
                settings.small(),
                small.p50(),
                small.p99(),
                settings.accounts(),
                large.p50(),
                large.p99(),
                large.p99() / small.p99(),
                imported,
                imported * 3L,
                importSeconds,
                imported / importSeconds,
                repeatSeconds,
                feed.p50(),
                feed.p99(),
                feed.max(),
                exportSeconds,
                memoryMiB);
    }

    Path write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("directory-" + at.replaceAll("[:.]", "-") + ".json");
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
        return file;
    }
}
