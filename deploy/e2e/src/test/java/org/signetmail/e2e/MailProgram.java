package org.signetmail.e2e;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.signetmail.local.secrets.TrustedCertificate;
import org.signetmail.local.stack.Endpoints;
import org.signetmail.local.stack.LocalStack;

/** A mail program of somebody else's making (Angus Mail), signed in as an account of the demo directory. */
final class MailProgram implements AutoCloseable {
    private static final int ACCEPTED = 250;

    private final Session session;
    private final Transport transport;

    private MailProgram(Session session, Transport transport) {
        this.session = session;
        this.transport = transport;
    }

    /** Signs in over STARTTLS; the password of NAME is NAME-password. */
    static MailProgram signIn(LocalStack stack, String login) throws MessagingException {
        return signIn(stack, login, Map.of());
    }

    /** Signs in over STARTTLS, with more settings, by their whole names. */
    static MailProgram signIn(LocalStack stack, String login, Map<String, String> more) throws MessagingException {
        return signIn(stack, login, stack.endpoints().smtpPort(), "smtp.starttls.required", more);
    }

    /** Signs in over implicit TLS. */
    static MailProgram signInTls(LocalStack stack, String login) throws MessagingException {
        return signIn(stack, login, stack.endpoints().smtpTlsPort(), "smtp.ssl.enable", Map.of());
    }

    /** Signs in over STARTTLS by one mechanism; the secret is a password or a token. */
    static MailProgram signIn(LocalStack stack, String login, String mechanism, String secret)
            throws MessagingException {
        Map<String, String> more = Map.of("mail.smtp.auth.mechanisms", mechanism);
        return signIn(stack, login, secret, stack.endpoints().smtpPort(), "smtp.starttls.required", more);
    }

    private static MailProgram signIn(LocalStack stack, String login, int port, String tls, Map<String, String> more)
            throws MessagingException {
        return signIn(stack, login, login + "-password", port, tls, more);
    }

    private static MailProgram signIn(
            LocalStack stack, String login, String secret, int port, String tls, Map<String, String> more)
            throws MessagingException {
        var settings = new Properties();
        settings.putAll(more);
        settings.put("mail." + tls, "true");
        settings.put("mail.smtp.ssl.socketFactory", TrustedCertificate.socketFactory(stack.certificate()));
        settings.put("mail.smtp.auth", "true");
        settings.put("mail.smtp.connectiontimeout", "5000");
        settings.put("mail.smtp.timeout", "30000");
        Session session = Session.getInstance(settings);
        Transport transport = session.getTransport("smtp");
        transport.connect(Endpoints.HOST, port, login, secret);
        return new MailProgram(session, transport);
    }

    /**
     * Sends a small message and returns the server's last reply to it, such as {@code 250 Queued as …}.
     *
     * @throws MessagingException when the connection breaks without a reply
     */
    String send(String from, String to, String subject) throws MessagingException {
        var message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject);
        message.setText("Hello.\r\n");
        return send(message);
    }

    /** Sends a message, as the other does. */
    String send(MimeMessage message) throws MessagingException {
        message.saveChanges();
        try {
            transport.sendMessage(message, message.getAllRecipients());
            return ((SMTPTransport) transport).getLastServerResponse().strip();
        } catch (SMTPSendFailedException e) {
            if (e.getReturnCode() < 0) { // the connection broke: there was no reply
                throw e;
            }
            return e.getMessage().lines().findFirst().orElse("").strip();
        }
    }

    Session session() {
        return session;
    }

    /** Sends a message and says whether it was accepted. */
    boolean accepted(String from, String to, String subject) throws MessagingException {
        return send(from, to, subject).startsWith(Integer.toString(ACCEPTED));
    }

    @Override
    public void close() throws MessagingException {
        transport.close();
    }
}
