package org.signetmail.edge.session;

import java.time.Instant;
import java.util.Optional;
import org.signetmail.edge.command.MailParameters;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;

/** What MAIL may ask for, by its parameters alone. */
final class MailRules {
    private MailRules() {}

    /** Empty when nothing speaks against it. */
    static Optional<Reply> refusal(MailParameters asked, long maxMessageSize, boolean tls) {
        if (asked.size() > maxMessageSize) { // RFC 1870 section 6.1
            return Optional.of(Replies.MESSAGE_TOO_BIG);
        }
        return asked.requireTls() && !tls ? Optional.of(Replies.REQUIRETLS_NEEDS_TLS) : Optional.empty();
    }

    /** RFC 4865 section 4; empty when nothing speaks against such a hold. */
    static Optional<Reply> refusal(Instant holdUntil, Instant now, SessionSettings settings) {
        if (settings.maxHold().isZero()) {
            return Optional.of(Replies.PARAMETER_UNKNOWN);
        }
        if (!holdUntil.isAfter(now)) {
            return Optional.of(Replies.HOLD_IS_OVER);
        }
        return holdUntil.isAfter(now.plus(settings.maxHold())) ? Optional.of(Replies.HOLD_TOO_LONG) : Optional.empty();
    }
}
