package org.signetmail.edge.connection;

import java.nio.file.Path;
import java.time.Duration;
import org.signetmail.edge.content.Budget;
import org.signetmail.edge.content.Storage;

/** Room for the messages of tests. */
public final class TestStorage {
    private static final long PLENTY = 1L << 30;

    private TestStorage() {}

    /** For as many as come; those above 256 KiB go to a file. */
    public static Storage roomy(int maxOctets, int maxHeaderOctets) {
        return new Storage(
                new Budget(PLENTY),
                new Budget(PLENTY),
                256 * 1024,
                Path.of(System.getProperty("java.io.tmpdir")),
                maxOctets,
                maxHeaderOctets,
                Duration.ofSeconds(10));
    }
}
