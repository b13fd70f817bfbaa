package org.signetmail.notifier.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Properties;

/**
 * Writes mails by the mail library. The same input gives the same octets, so that a mail written twice is one mail;
 * nothing here does I/O.
 */
public final class NoticeWriter {
    /** RFC 5322 3.3 date-time. */
    public static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final int BOUNDARY_LENGTH = 32;

    private final String server;
    private final Session session;

    /** @param server host name in From and Message-ID */
    public NoticeWriter(String server) {
        this.server = server;
        var settings = new Properties();
        settings.setProperty("mail.mime.allowutf8", "true"); // RFC 6532, for a recipient that needs it
        this.session = Session.getInstance(settings);
    }

    /**
     * What every mail of ours has.
     *
     * @param subject ASCII
     */
    public record Heading(String id, NoticeKind kind, Mailbox to, String subject, Instant at) {}

    /** A text/plain mail; lines of the text end in LF. */
    public Notice plain(Heading heading, String text) throws MessagingException {
        MimeMessage message = begin(heading);
        Transfer.text(message, text);
        return finish(heading, message);
    }

    /** A report of RFC 3464; lines of the text end in LF. */
    public Notice report(Heading heading, String text, Status status, Returned returned) throws MessagingException {
        var report = new Report(text, status, returned);
        // A hash of all that the parts hold: none of them can hold the boundary.
        report.boundary("=_" + hash(heading.id(), text, status, returned));
        MimeMessage message = begin(heading);
        message.setContent(report);
        return finish(heading, message);
    }

    private MimeMessage begin(Heading heading) throws MessagingException {
        var message = new Letter(session, "<" + heading.id() + "@" + server + ">");
        message.setHeader("Date", DATE.format(heading.at()));
        message.setHeader("From", "Mail Delivery System <mailer-daemon@" + server + ">");
        message.setHeader("To", heading.to().address());
        message.setHeader("Subject", heading.subject());
        message.setHeader("Auto-Submitted", "auto-replied"); // RFC 3834 5
        return message;
    }

    private static Notice finish(Heading heading, MimeMessage message) throws MessagingException {
        Mailbox to = heading.to();
        var mail = new Notice.Octets(octets(message));
        return new Notice(heading.id(), heading.kind(), to.path(), to.needsSmtpUtf8(), heading.at(), mail);
    }

    private static byte[] octets(MimeMessage message) throws MessagingException {
        var octets = new ByteArrayOutputStream();
        try {
            message.writeTo(octets);
        } catch (IOException e) {
            throw new MessagingException("Not writable", e);
        }
        return octets.toByteArray();
    }

    private static String hash(String id, String text, Status status, Returned returned) {
        var written = new ByteArrayOutputStream();
        try {
            written.writeBytes(id.getBytes(StandardCharsets.UTF_8));
            written.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            written.writeBytes(status.octets());
            switch (returned) {
                case Returned.Header(RefusedHeader header) -> written.writeBytes(header.returned());
                case Returned.Message(byte[] octets) -> written.writeBytes(octets);
                case Returned.Nothing _ -> {}
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(written.toByteArray());
            return HexFormat.of().formatHex(digest).substring(0, BOUNDARY_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** A message whose Message-ID is ours, not one that the library makes of clock and host. */
    private static final class Letter extends MimeMessage {
        private final String messageId;

        Letter(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }
}
