package org.signetmail.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.signetmail.local.process.ProcessRecord;

/** Parts that outlived their supervisor, which was killed: found by their pid files, and stopped, the last started first. */
public final class Leftovers {
    private Leftovers() {}

    /**
     * Stops what is left of a stack whose supervisor is gone.
     *
     * @param report is told of each part before it is stopped
     */
    public static void stop(Home home, Consumer<String> report) {
        for (Part part : List.of(Part.values()).reversed()) {
            Optional<ProcessRecord> process = home.process(part);
            if (process.isPresent() && process.get().isAlive()) {
                report.accept("Stopping %s (pid %d), left over from a stack that was killed"
                        .formatted(part.label(), process.get().pid()));
                process.get().stop();
            }
            forget(home, part);
        }
    }

    static void forget(Home home, Part part) {
        try {
            Files.deleteIfExists(home.record(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
