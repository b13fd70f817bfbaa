package org.signetmail.policy.replay;

/** A proposal that cannot be judged. */
final class Unacceptable extends Exception {
    private static final long serialVersionUID = 1;

    private final String field;

    /** @param field of the request at fault */
    Unacceptable(String field, String message) {
        super(message);
        this.field = field;
    }

    String field() {
        return field;
    }
}
