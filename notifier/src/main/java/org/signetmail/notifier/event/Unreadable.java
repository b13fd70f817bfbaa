package org.signetmail.notifier.event;

/** A record that is no event of its type and never will be; it is counted and passed over. */
public final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    public Unreadable(String what, Throwable cause) {
        super(what, cause);
    }
}
