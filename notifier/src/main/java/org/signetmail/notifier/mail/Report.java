package org.signetmail.notifier.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MessageHeaders;
import org.eclipse.angus.mail.dsn.MultipartReport;

/** multipart/report (RFC 6522) of a text, a delivery status (RFC 3464) and the header of the message it is about. */
final class Report extends MultipartReport {
    Report(String text, DeliveryStatus status, RefusedHeader header) throws MessagingException {
        super(text, status);
        Transfer.text(getTextBodyPart(), text);
        ((MimeBodyPart) getBodyPart(1)).setHeader("Content-Transfer-Encoding", Transfer.SEVEN_BIT);
        byte[] octets = header.returned();
        setReturnedMessage(new Returned(octets));
        String encoding = Transfer.encodingOf(octets);
        var part = (MimeBodyPart) getBodyPart(2);
        part.setHeader("Content-Type", "text/rfc822-headers; charset=" + Transfer.charsetOf(encoding));
        part.setHeader("Content-Transfer-Encoding", encoding);
    }

    /** Sets the boundary, instead of the library's, which differs from one writing to the next. */
    void boundary(String boundary) {
        var type = new ContentType("multipart", "report", null);
        type.setParameter("report-type", "delivery-status");
        type.setParameter("boundary", boundary);
        contentType = type.toString();
    }

    /** Writes the octets as they came; the library would parse them and write them anew, which a forger could use. */
    private static final class Returned extends MessageHeaders {
        private final byte[] octets;

        Returned(byte[] octets) throws MessagingException {
            this.octets = octets;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(octets);
        }
    }
}
