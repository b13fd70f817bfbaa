package org.signetmail.local.mailstore;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;

/**
 * The next hop of the local stack: takes mail for any address over SMTP or LMTP, and shows it over IMAP. Mailboxes are in
 * memory and end with this process. Arguments: SMTP port, IMAP port.
 */
public final class MailStoreMain {
    private static final String LOOPBACK = "127.0.0.1";

    private MailStoreMain() {}

    public static void main(String[] arguments) throws IOException {
        int smtpPort = Integer.parseInt(arguments[0]);
        int imapPort = Integer.parseInt(arguments[1]);
        var imap = new GreenMail(new ServerSetup(imapPort, LOOPBACK, ServerSetup.PROTOCOL_IMAP))
                .withConfiguration(new GreenMailConfiguration().withDisabledAuthentication());
        imap.start();
        SmtpListener listener = SmtpListener.open(smtpPort, new Mailboxes(imap.getUserManager()));
        System.out.println("Mail store: SMTP on " + smtpPort + ", IMAP on " + imapPort);
        listener.acceptUntilClosed();
    }
}
