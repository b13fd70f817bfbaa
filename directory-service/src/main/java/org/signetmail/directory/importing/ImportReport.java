package org.signetmail.directory.importing;

import java.util.Optional;

/** A line of the answer to an import. */
public sealed interface ImportReport {
    /** A line of the request that was refused; the others are not affected. */
    record Fault(long line, Optional<String> login, int status, Optional<String> field, String detail)
            implements ImportReport {}

    /**
     * What is committed so far.
     *
     * @param line the last line of the request that is done; an import that was cut short goes on behind it
     * @param lines lines that are done, without blank ones and those that were passed over
     * @param done true, and only on the last line of an import that read its whole request
     */
    record Progress(
            long line, long lines, long created, long changed, long unchanged, long failed, Optional<Boolean> done)
            implements ImportReport {}

    /** The import ended before its request did; what the last progress counted is committed. */
    record Aborted(boolean done, String detail) implements ImportReport {}
}
