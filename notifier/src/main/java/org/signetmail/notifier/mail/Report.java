package org.signetmail.notifier.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.signetmail.notifier.mail.Returned.Header;
import org.signetmail.notifier.mail.Returned.Message;
import org.signetmail.notifier.mail.Returned.Nothing;

/** multipart/report (RFC 6522) of a text, a delivery status (RFC 3464) and what is returned of the message it is about. */
final class Report extends MimeMultipart {
    private static final String EIGHT_BIT = "8bit";

    private final String reportType;

    Report(Alternative text, Status status, Returned returned) throws MessagingException {
        super("report");
        var human = new MimeBodyPart();
        human.setContent(text);
        addBodyPart(human);
        reportType = status.contentType().substring("message/".length()); // RFC 6522 3
        byte[] fields = status.octets();
        addBodyPart(part(status.contentType(), Transfer.encodingOf(fields), fields));
        switch (returned) {
            case Header(RefusedHeader header) -> addBodyPart(header(header.returned(), status.global()));
            case Message message -> addBodyPart(message(message.octets()));
            case Nothing _ -> {}
        }
    }

    /** Sets the boundary, instead of the library's, which differs from one writing to the next. */
    void boundary(String boundary) {
        var type = new ContentType("multipart", "report", null);
        type.setParameter("report-type", reportType);
        type.setParameter("boundary", boundary);
        contentType = type.toString();
    }

    private static MimeBodyPart header(byte[] octets, boolean global) throws MessagingException {
        String encoding = Transfer.encodingOf(octets);
        String type = global && !encoding.equals(Transfer.SEVEN_BIT)
                ? "message/global-headers"
                : "text/rfc822-headers; charset=" + Transfer.charsetOf(encoding);
        return part(type, encoding, octets);
    }

    /** RFC 2046 5.2.1: message/rfc822 is never encoded; message/global may be (RFC 6532 3.7). */
    private static MimeBodyPart message(byte[] octets) throws MessagingException {
        if (Returned.hasGlobalHeader(octets)) {
            return part("message/global", Transfer.encodingOf(octets), octets);
        }
        return part("message/rfc822", Transfer.isSevenBit(octets) ? Transfer.SEVEN_BIT : EIGHT_BIT, octets);
    }

    private static MimeBodyPart part(String type, String encoding, byte[] octets) throws MessagingException {
        var headers = new InternetHeaders();
        headers.setHeader("Content-Type", type);
        headers.setHeader("Content-Transfer-Encoding", encoding);
        return new MimeBodyPart(headers, encoded(encoding, octets));
    }

    private static byte[] encoded(String encoding, byte[] octets) throws MessagingException {
        var encoded = new ByteArrayOutputStream();
        try (OutputStream out = MimeUtility.encode(encoded, encoding)) {
            out.write(octets);
        } catch (IOException e) {
            throw new MessagingException("Not writable", e);
        }
        return encoded.toByteArray();
    }
}
