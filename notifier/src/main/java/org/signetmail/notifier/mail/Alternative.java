package org.signetmail.notifier.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import org.signetmail.notifier.text.Body;

/** multipart/alternative (RFC 2046 5.1.4): the plain text, then the HTML. */
final class Alternative extends MimeMultipart {
    Alternative(Body body, String boundary) throws MessagingException {
        super("alternative");
        var type = new ContentType("multipart", "alternative", null);
        type.setParameter("boundary", boundary);
        contentType = type.toString();
        add(body.text(), "plain");
        add(body.html(), "html");
    }

    private void add(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        Transfer.text(part, text, subtype);
        addBodyPart(part);
    }
}
