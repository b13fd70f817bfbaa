package org.signetmail.notifier.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The delivery status of a report (RFC 3464 2.2 and 2.3), each value made one line. It is 7-bit, unless an address needs
 * more: then it is message/global-delivery-status (RFC 6533 3 and 4), which has addresses as they are.
 */
public final class Status {
    private static final Pattern SMTP_REPLY = Pattern.compile("[245]\\d\\d(?:[ -].*)?");

    /**
     * What became of a recipient.
     *
     * @param original ORCPT as the client wrote it
     * @param retryUntil when a delayed message is given up
     */
    public record Recipient(
            String address,
            Optional<String> original,
            String action,
            String status,
            String diagnostic,
            Optional<String> remoteMta,
            Instant lastAttempt,
            Optional<Instant> retryUntil) {}

    private final String reportingMta;
    private final Instant arrival;
    private final Optional<String> envid;
    private final List<Recipient> recipients = new ArrayList<>();

    /** @param envid ENVID as the client wrote it */
    public Status(String reportingMta, Instant arrival, Optional<String> envid) {
        this.reportingMta = reportingMta;
        this.arrival = arrival;
        this.envid = envid;
    }

    public Status add(Recipient recipient) {
        recipients.add(recipient);
        return this;
    }

    /** Whether an address has characters that a 7-bit report can only spell out. */
    boolean global() {
        return recipients.stream()
                .anyMatch(recipient -> !sevenBit(recipient.address())
                        || recipient.original().filter(this::international).isPresent());
    }

    String contentType() {
        return global() ? "message/global-delivery-status" : "message/delivery-status";
    }

    /** The fields, one group for the message and one a recipient; lines end in CRLF. */
    byte[] octets() {
        var text = new StringBuilder();
        envid.ifPresent(id -> field(text, "Original-Envelope-Id", line(DsnText.xtext(id))));
        field(text, "Reporting-MTA", "dns; " + line(reportingMta));
        field(text, "Arrival-Date", NoticeWriter.DATE.format(arrival));
        for (Recipient recipient : recipients) {
            text.append("\r\n");
            append(text, recipient);
        }
        return text.toString().getBytes(UTF_8);
    }

    private void append(StringBuilder text, Recipient recipient) {
        recipient.original().ifPresent(original -> field(text, "Original-Recipient", original(original)));
        field(text, "Final-Recipient", address(recipient.address()));
        field(text, "Action", recipient.action());
        field(text, "Status", line(recipient.status()));
        recipient.remoteMta().ifPresent(host -> field(text, "Remote-MTA", "dns; " + line(host)));
        field(text, "Diagnostic-Code", diagnostic(line(recipient.diagnostic())));
        field(text, "Last-Attempt-Date", NoticeWriter.DATE.format(recipient.lastAttempt()));
        recipient.retryUntil().ifPresent(end -> field(text, "Will-Retry-Until", NoticeWriter.DATE.format(end)));
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }

    private String line(String value) {
        return global() ? Visible.line(value) : Visible.asciiLine(value);
    }

    private String address(String address) {
        Optional<Mailbox> mailbox = Mailbox.of(address);
        if (mailbox.isPresent() && Visible.isAscii(mailbox.get().address())) {
            return "rfc822; " + mailbox.get().address();
        }
        return "utf-8; " + (global() ? Visible.line(address) : Visible.xtext(address)); // RFC 6533 3
    }

    /** RFC 3464 2.3.1: the type stays, the address is decoded. */
    private String original(String orcpt) {
        int semicolon = orcpt.indexOf(';');
        String type = orcpt.substring(0, Math.max(semicolon, 0));
        String address = orcpt.substring(semicolon + 1);
        if (!type.equalsIgnoreCase("utf-8")) {
            return line((type.isEmpty() ? "rfc822" : type) + "; " + DsnText.xtext(address));
        }
        String decoded = DsnText.unitext(address);
        return "utf-8; " + (global() ? Visible.line(decoded) : Visible.xtext(decoded));
    }

    private boolean international(String orcpt) {
        return !Visible.isAscii(DsnText.unitext(orcpt));
    }

    /** Of an address with an ASCII local part the domain's A-label serves, so that RFC 6533 is not needed. */
    private static boolean sevenBit(String address) {
        return Mailbox.of(address).map(mailbox -> !mailbox.needsSmtpUtf8()).orElse(true);
    }

    /** "smtp" is for replies of SMTP servers (RFC 3464 2.3.6 and 9.2); "X-Signet" says why there was none. */
    private static String diagnostic(String text) {
        return (SMTP_REPLY.matcher(text).matches() ? "smtp; " : "X-Signet; ") + text;
    }
}
