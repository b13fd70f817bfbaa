package org.signetmail.notifier.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import org.eclipse.angus.mail.dsn.DeliveryStatus;

/**
 * multipart/report (RFC 6522) of a text, a delivery status (RFC 3464) and the header of the message it is about. The
 * library's own MultipartReport would parse that header and write it anew; here its octets go out as they came.
 */
final class Report extends MimeMultipart {
    Report(String text, DeliveryStatus status, RefusedHeader header) throws MessagingException {
        addBodyPart(text(text));
        addBodyPart(status(status));
        addBodyPart(header(header.returned()));
    }

    /** Sets the boundary; it must not be foreseeable by who wrote the returned header. */
    void boundary(String boundary) {
        var type = new ContentType("multipart", "report", null);
        type.setParameter("report-type", "delivery-status");
        type.setParameter("boundary", boundary);
        contentType = type.toString();
    }

    private static MimeBodyPart text(String text) throws MessagingException {
        var part = new MimeBodyPart();
        Transfer.text(part, text);
        return part;
    }

    private static MimeBodyPart status(DeliveryStatus status) throws MessagingException {
        var part = new MimeBodyPart();
        part.setContent(status, "message/delivery-status");
        part.setHeader("Content-Transfer-Encoding", Transfer.SEVEN_BIT);
        return part;
    }

    private static MimeBodyPart header(byte[] octets) throws MessagingException {
        String encoding = Transfer.encodingOf(octets);
        String type = "text/rfc822-headers; charset=" + Transfer.charsetOf(encoding);
        var part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(octets, type)));
        part.setHeader("Content-Type", type);
        part.setHeader("Content-Transfer-Encoding", encoding);
        return part;
    }
}
