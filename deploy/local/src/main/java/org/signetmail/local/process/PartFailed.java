package org.signetmail.local.process;

import java.nio.file.Path;

/** A part of the stack did not start; the message names the part, what is missing and where its log is. */
public final class PartFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PartFailed(String what, Path log) {
        super(what + "; see " + log);
    }
}
