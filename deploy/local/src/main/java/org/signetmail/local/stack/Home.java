package org.signetmail.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.signetmail.local.process.ProcessRecord;
import org.signetmail.local.process.Trees;

/** What is where in the stack's directory, {@code .signet} of the checkout unless a test names another. */
public record Home(Path directory) {
    private static final String SUPERVISOR = "supervisor";

    /** Makes the directories, for the owner's eyes only. */
    void create() throws IOException {
        Trees.createPrivateDirectory(directory);
        Trees.createPrivateDirectory(run());
        Trees.createPrivateDirectory(logs());
    }

    /** Sets the logs of the start before aside, so that what is read is of this one. */
    void rotateLogs() throws IOException {
        Path previous = logs().resolve("previous");
        Trees.delete(previous);
        Trees.createPrivateDirectory(previous);
        try (var logs = Files.newDirectoryStream(logs(), "*.log")) {
            for (Path log : logs) {
                if (!log.equals(supervisorLog())) {
                    Files.move(log, previous.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Data of a part. */
    public Path data(Part part) {
        return directory.resolve(part.label());
    }

    public Path logs() {
        return directory.resolve("log");
    }

    public Path log(Part part) {
        return logs().resolve(part.label() + ".log");
    }

    /** Output of {@code up --detach}. */
    public Path supervisorLog() {
        return logs().resolve(SUPERVISOR + ".log");
    }

    public Path secrets() {
        return directory.resolve("secrets");
    }

    /** Endpoints and tokens as NAME=value lines. */
    public Path environment() {
        return directory.resolve("local.env");
    }

    /** Exists once the demo directory was written; after that its owner may change it. */
    Path demoStamp() {
        return directory.resolve("demo-directory.written");
    }

    Path lock() {
        return run().resolve("lock");
    }

    /** Exists while every part is ready. */
    public Path ready() {
        return run().resolve("ready");
    }

    Path record(Part part) {
        return run().resolve(part.label() + ".pid");
    }

    Path supervisorRecord() {
        return run().resolve(SUPERVISOR + ".pid");
    }

    /** The process that holds the stack; it may have died. */
    public Optional<ProcessRecord> supervisor() {
        return ProcessRecord.read(supervisorRecord());
    }

    /** The process of a part as it was started; it may have died. */
    public Optional<ProcessRecord> process(Part part) {
        return ProcessRecord.read(record(part));
    }

    /** Ports of the last start. */
    public Endpoints endpoints() {
        try {
            Path file = portOffset();
            return new Endpoints(
                    Files.exists(file) ? Integer.parseInt(Files.readString(file).trim()) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remember(Endpoints endpoints) throws IOException {
        Files.writeString(portOffset(), endpoints.offset() + "\n");
    }

    private Path run() {
        return directory.resolve("run");
    }

    private Path portOffset() {
        return run().resolve("port-offset");
    }
}
