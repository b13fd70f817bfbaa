package org.signetmail.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A part of the stack did not start; the message names the part, what is missing and where its log is. */
public final class PartFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String log;

    public PartFailed(String what, Path log) {
        super(what + "; see " + log);
        this.log = log.toString();
    }

    public PartFailed(String what, Path log, Throwable cause) {
        this(what, log);
        initCause(cause);
    }

    public Path log() {
        return Path.of(log);
    }

    /** The last lines of the part's log; none when there is no log to read. */
    public List<String> lastLines(int count) {
        return lastLines(log(), count);
    }

    /** The last lines of a log; none when it cannot be read. */
    public static List<String> lastLines(Path log, int count) {
        try {
            // Latin-1 takes any octet: a log that was cut must not hide the failure.
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
