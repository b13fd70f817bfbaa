package org.signetmail.notifier.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.time.Instant;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.dsn.DeliveryStatus;

/** The fields of message/delivery-status (RFC 3464 2.2 and 2.3), each value made one 7-bit line. */
public final class Status {
    private static final Pattern SMTP_REPLY = Pattern.compile("[245]\\d\\d(?:[ -].*)?");

    private final DeliveryStatus status;

    /** Begins the per-message fields. */
    public Status(String reportingMta, Instant arrival) throws MessagingException {
        status = new DeliveryStatus();
        var fields = new InternetHeaders();
        fields.addHeader("Reporting-MTA", "dns; " + Visible.asciiLine(reportingMta));
        fields.addHeader("Arrival-Date", NoticeWriter.DATE.format(arrival));
        status.setMessageDSN(fields);
    }

    /** Adds the fields of a recipient whose delivery failed. */
    public Status failed(String recipient, String code, String diagnostic, String remoteMta, Instant lastAttempt) {
        var fields = new InternetHeaders();
        fields.addHeader("Final-Recipient", recipient(recipient));
        fields.addHeader("Action", "failed");
        fields.addHeader("Status", Visible.asciiLine(code));
        if (!remoteMta.isEmpty()) {
            fields.addHeader("Remote-MTA", "dns; " + Visible.asciiLine(remoteMta));
        }
        fields.addHeader("Diagnostic-Code", diagnostic(Visible.asciiLine(diagnostic)));
        fields.addHeader("Last-Attempt-Date", NoticeWriter.DATE.format(lastAttempt));
        status.addRecipientDSN(fields);
        return this;
    }

    public DeliveryStatus fields() {
        return status;
    }

    private static String recipient(String address) {
        return Mailbox.of(address)
                .filter(mailbox -> Visible.isAscii(mailbox.address()))
                .map(mailbox -> "rfc822; " + mailbox.address())
                .orElseGet(() -> "utf-8; " + Visible.xtext(address)); // RFC 6533 3
    }

    /** "smtp" is for replies of SMTP servers (RFC 3464 2.3.6 and 9.2); "X-Signet" says why there was none. */
    private static String diagnostic(String text) {
        return (SMTP_REPLY.matcher(text).matches() ? "smtp; " : "X-Signet; ") + text;
    }
}
