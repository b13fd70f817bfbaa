package org.signetmail.local.mailstore;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.Properties;

/** GreenMail's mailboxes, one per recipient address as it was written (in lower case), made with its first message. */
final class Mailboxes {
    private static final Session SESSION = Session.getInstance(new Properties());

    private final UserManager users;

    Mailboxes(UserManager users) {
        this.users = users;
    }

    /** Adds a message, octet for octet, to a recipient's INBOX. */
    void deliver(String recipient, byte[] message) throws MessagingException, UserException {
        owner(recipient).deliver(new MimeMessage(SESSION, new ByteArrayInputStream(message)));
    }

    /** GreenMail would make two mailboxes of one address when two connections name it at once. */
    private synchronized GreenMailUser owner(String recipient) throws UserException {
        GreenMailUser owner = users.getUserByEmail(recipient);
        return owner == null ? users.createUser(recipient, recipient, recipient) : owner;
    }
}
