package org.signetmail.edge.archive;

import java.io.IOException;

/** The message is not in the archive; the client is answered {@code 451} and keeps it. */
public final class ArchiveFailed extends Exception {
    private static final long serialVersionUID = 1L;

    ArchiveFailed(String message, IOException cause) {
        super(message, cause);
    }
}
