package org.signetmail.edge.command;

import java.util.function.Predicate;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;

/** What must hold before a verb is carried out, and what the client reads when it does not. */
public enum Precondition {
    GREETED(Replies.SAY_HELLO_FIRST, Progress::greeted),
    ESMTP(Replies.SAY_EHLO_FIRST, Progress::esmtp),
    TLS_OFFERED(Replies.TLS_NOT_AVAILABLE, Progress::tlsOffered),
    NO_TLS(Replies.TLS_ACTIVE, progress -> !progress.tls()),
    SECURE_ENOUGH(Replies.AUTH_NEEDS_TLS, progress -> progress.tls() || progress.plaintextAuthAllowed()),
    NOT_AUTHENTICATED(Replies.AUTH_TWICE, progress -> !progress.authenticated()),
    NO_MAIL(Replies.AUTH_IN_TRANSACTION, progress -> !progress.sender()),
    AUTHENTICATED(Replies.AUTH_REQUIRED, Progress::authenticated),
    NO_SENDER(Replies.NESTED_MAIL, progress -> !progress.sender()),
    SENDER(Replies.MAIL_FIRST, Progress::sender),
    RECIPIENT(Replies.RCPT_FIRST, Progress::recipient),
    NO_CHUNK(Replies.CHUNKS_BEGUN, progress -> !progress.chunk());

    private final Reply refusal;
    private final Predicate<Progress> holds;

    Precondition(Reply refusal, Predicate<Progress> holds) {
        this.refusal = refusal;
        this.holds = holds;
    }

    public Reply refusal() {
        return refusal;
    }

    public boolean holds(Progress progress) {
        return holds.test(progress);
    }

    /** How far a session has come, as far as sequencing cares. */
    public record Progress(
            boolean greeted,
            boolean esmtp,
            boolean tlsOffered,
            boolean tls,
            boolean plaintextAuthAllowed,
            boolean authenticated,
            boolean sender,
            boolean recipient,
            boolean chunk) {}
}
