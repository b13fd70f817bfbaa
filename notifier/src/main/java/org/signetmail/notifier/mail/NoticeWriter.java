package org.signetmail.notifier.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.StreamProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.signetmail.notifier.text.Body;

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

    static {
        // Otherwise Jakarta Mail looks through all jars of the service for it, several times a mail: half of a mail's
        // cost.
        System.getProperties().putIfAbsent(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    private final String server;
    private final Session session;

    /** @param server host name in From and Message-ID */
    public NoticeWriter(String server) {
        this.server = server;
        var settings = new Properties();
        settings.setProperty("mail.mime.allowutf8", "true"); // RFC 6532, for a recipient that needs it
        this.session = Session.getInstance(settings);
    }

    /** What every mail of ours has. */
    public record Heading(String id, NoticeKind kind, Mailbox to, Instant at) {}

    /** A mail with a text in both forms. */
    public Notice letter(Heading heading, Body body) throws MessagingException {
        MimeMessage message = begin(heading, body);
        message.setContent(new Alternative(body, boundary(heading.id(), body)));
        return finish(heading, message);
    }

    /** A report of RFC 3464 with a text in both forms. */
    public Notice report(Heading heading, Body body, Status status, Returned returned) throws MessagingException {
        byte[] given = switch (returned) {
            case Returned.Header(RefusedHeader header) -> header.returned();
            case Returned.Message(byte[] octets) -> octets;
            case Returned.Nothing _ -> new byte[0];
        };
        var text = new Alternative(body, boundary(heading.id(), body));
        var report = new Report(text, status, returned);
        report.boundary(boundary(heading.id(), body, status.octets(), given));
        MimeMessage message = begin(heading, body);
        message.setContent(report);
        return finish(heading, message);
    }

    private MimeMessage begin(Heading heading, Body body) throws MessagingException {
        var message = new Letter(session, "<" + heading.id() + "@" + server + ">");
        message.setHeader("Date", DATE.format(heading.at()));
        message.setHeader("From", "Mail Delivery System <mailer-daemon@" + server + ">");
        message.setHeader("To", heading.to().address());
        message.setHeader("Subject", subject(body));
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

    /** RFC 2047 where it has more than ASCII. */
    private static String subject(Body body) throws MessagingException {
        try {
            return MimeUtility.encodeText(body.subject(), UTF_8.name(), "Q");
        } catch (UnsupportedEncodingException e) {
            throw new MessagingException("Not writable", e);
        }
    }

    /** A hash of all that the parts hold: none of them can hold the boundary. */
    private static String boundary(String id, Body body, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(id.getBytes(UTF_8));
            digest.update(body.text().getBytes(UTF_8));
            digest.update(body.html().getBytes(UTF_8));
            for (byte[] part : parts) {
                digest.update(part);
            }
            return "=_" + HexFormat.of().formatHex(digest.digest()).substring(0, BOUNDARY_LENGTH);
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
