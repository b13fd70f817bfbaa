package org.signetmail.edge.submission;

/** Ends the reading of a header at its first flaw; never leaves this package. */
final class Flawed extends Exception {
    private static final long serialVersionUID = 1L;

    private final Flaw flaw;

    Flawed(Flaw flaw) {
        super(flaw.name(), null, false, false);
        this.flaw = flaw;
    }

    Flaw flaw() {
        return flaw;
    }
}
