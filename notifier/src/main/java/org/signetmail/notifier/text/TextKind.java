package org.signetmail.notifier.text;

import java.util.Locale;

/** Texts that administrators can replace; the files have these names. */
public enum TextKind {
    /** To the owner of an account: a submission was refused. */
    REFUSED,
    /** To the administrator: a submission was refused. */
    NOTIFICATION,
    /** To the sender: what became of a delivery. */
    DELIVERY,
    /** To owner or administrator: refusals that were gathered. */
    DIGEST;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
