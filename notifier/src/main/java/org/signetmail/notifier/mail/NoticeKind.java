package org.signetmail.notifier.mail;

import java.util.Locale;

/** What a mail of ours is; its id is the submission's with this word behind it. */
public enum NoticeKind {
    /** Non-delivery report of a refused submission, to the account's owner. */
    NDR,
    /** Notification of a refused submission, to the administrator. */
    ADMIN,
    /** Delivery report of an accepted message, to its envelope sender. */
    DSN,
    /** Refusals that were gathered, to the owner of an account or to the administrator. */
    DIGEST;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static NoticeKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
