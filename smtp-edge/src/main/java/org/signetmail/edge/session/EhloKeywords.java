package org.signetmail.edge.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.signetmail.edge.command.Precondition;
import org.signetmail.edge.command.Precondition.Progress;
import org.signetmail.edge.reply.ReplyStyle;

/** What EHLO offers to a session that has come so far, RFC 5321 section 4.1.1.1. */
final class EhloKeywords {
    private EhloKeywords() {}

    static List<String> of(SessionSettings settings, Progress progress, long maxMessageSize, List<String> mechanisms) {
        var keywords = new ArrayList<String>();
        keywords.add("PIPELINING"); // RFC 2920
        keywords.add("SIZE " + maxMessageSize); // RFC 1870
        keywords.add("8BITMIME"); // RFC 6152
        keywords.add("SMTPUTF8"); // RFC 6531
        keywords.add("CHUNKING"); // RFC 3030
        keywords.add("DSN"); // RFC 3461
        keywords.add("LIMITS RCPTMAX=" + settings.maxRecipients()); // RFC 9422
        if (!settings.maxHold().isZero()) {
            keywords.add(futureRelease(settings)); // RFC 4865
        }
        if (progress.tls()) {
            keywords.add("REQUIRETLS"); // RFC 8689 section 2: inside TLS only
        } else if (settings.tlsOffered()) {
            keywords.add("STARTTLS"); // RFC 3207
        }
        if (Precondition.SECURE_ENOUGH.holds(progress) && !progress.authenticated()) {
            keywords.add("AUTH " + String.join(" ", mechanisms)); // RFC 4954
        }
        if (settings.replyStyle() == ReplyStyle.ENHANCED) {
            keywords.add("ENHANCEDSTATUSCODES"); // RFC 2034
        }
        return keywords;
    }

    /** The longest hold, as an interval and as a time. */
    private static String futureRelease(SessionSettings settings) {
        Instant latest = settings.clock().instant().plus(settings.maxHold()).truncatedTo(ChronoUnit.SECONDS);
        return "FUTURERELEASE " + settings.maxHold().toSeconds() + " " + latest;
    }
}
