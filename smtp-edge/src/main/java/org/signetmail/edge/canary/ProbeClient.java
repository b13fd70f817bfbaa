package org.signetmail.edge.canary;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.X509TrustManager;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient;
import org.apache.commons.net.smtp.SMTPConnectionClosedException;
import org.apache.commons.net.smtp.SMTPReply;
import org.signetmail.edge.EdgeMetrics.CanaryResult;

/** A mail program that submits one forged message and says what it read. */
final class ProbeClient {
    private static final String NAME = "canary.signet.invalid"; // RFC 2606

    private final Target target;
    private final String account;
    private final String password;
    private final Duration patience;

    /** Where the edge listens, and how TLS is begun there. */
    record Target(String host, int port, Security security) {}

    /** When TLS comes: before the greeting, after STARTTLS, or never. */
    enum Security {
        IMPLICIT,
        STARTTLS,
        NONE
    }

    ProbeClient(Target target, String account, String password, Duration patience) {
        this.target = target;
        this.account = account;
        this.password = password;
        this.patience = patience;
    }

    /** The step before the end of the content at which it went otherwise. */
    private static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;
        private final CanaryResult result;

        private Stopped(CanaryResult result, String message) {
            super(message);
            this.result = result;
        }
    }

    /**
     * Submits the message.
     *
     * @param expected the reply that must be read
     */
    ProbeResult submit(String recipient, String message, String expected) {
        var client = new AuthenticatingSMTPClient(
                "TLS", target.security() == Security.IMPLICIT, StandardCharsets.US_ASCII.name());
        client.setConnectTimeout(Math.toIntExact(patience.toMillis()));
        client.setDefaultTimeout(Math.toIntExact(patience.toMillis()));
        client.setTrustManager(new ValidToday());
        try {
            signIn(client);
            return judged(content(client, recipient, message), expected);
        } catch (Stopped e) {
            return ProbeResult.of(e.result, e.getMessage());
        } catch (SMTPConnectionClosedException e) { // 421, or nothing at all
            boolean told = client.getReplyCode() == SMTPReply.SERVICE_NOT_AVAILABLE;
            return told
                    ? ProbeResult.of(CanaryResult.DEFERRED, client.getReplyString())
                    : ProbeResult.of(CanaryResult.UNREACHABLE, e.getMessage());
        } catch (IOException | GeneralSecurityException e) {
            return ProbeResult.of(CanaryResult.UNREACHABLE, e.toString());
        } finally {
            leave(client);
        }
    }

    private void signIn(AuthenticatingSMTPClient client) throws IOException, GeneralSecurityException {
        client.connect(target.host(), target.port());
        positive(client, client.getReplyCode());
        positive(client, client.ehlo(NAME));
        if (target.security() == Security.STARTTLS) {
            if (!client.execTLS()) {
                throw stopped(client, CanaryResult.OTHER_REPLY);
            }
            client.setSoTimeout(Math.toIntExact(patience.toMillis()));
            positive(client, client.ehlo(NAME));
        }
        if (!client.auth(AuthenticatingSMTPClient.AUTH_METHOD.PLAIN, account, password)) {
            throw stopped(client, temporary(client) ? CanaryResult.DEFERRED : CanaryResult.SIGN_IN_REFUSED);
        }
    }

    /** The null sender: whatever went wrong, nobody gets a report about it. */
    private static String content(AuthenticatingSMTPClient client, String recipient, String message)
            throws IOException {
        positive(client, client.mail("<>"));
        positive(client, client.rcpt("<" + recipient + ">"));
        Writer content = client.sendMessageData();
        if (content == null) {
            throw stopped(client, temporary(client) ? CanaryResult.DEFERRED : CanaryResult.OTHER_REPLY);
        }
        try (content) {
            content.write(message);
        }
        boolean _ = client.completePendingCommand();
        return client.getReplyString().strip();
    }

    private static ProbeResult judged(String reply, String expected) {
        CanaryResult result;
        if (reply.equals(expected)) {
            result = CanaryResult.REFUSED;
        } else {
            result = switch (reply.isEmpty() ? ' ' : reply.charAt(0)) {
                case '2' -> CanaryResult.ACCEPTED;
                case '4' -> CanaryResult.DEFERRED;
                default -> CanaryResult.OTHER_REPLY;
            };
        }
        return ProbeResult.of(result, reply);
    }

    private static void positive(AuthenticatingSMTPClient client, int code) throws Stopped {
        if (!SMTPReply.isPositiveCompletion(code)) {
            throw stopped(client, temporary(client) ? CanaryResult.DEFERRED : CanaryResult.OTHER_REPLY);
        }
    }

    private static boolean temporary(AuthenticatingSMTPClient client) {
        return SMTPReply.isNegativeTransient(client.getReplyCode());
    }

    private static Stopped stopped(AuthenticatingSMTPClient client, CanaryResult result) {
        return new Stopped(result, Arrays.toString(client.getReplyStrings()));
    }

    private static void leave(AuthenticatingSMTPClient client) {
        try {
            if (client.isConnected()) {
                boolean _ = client.logout();
                client.disconnect();
            }
        } catch (IOException _) {
            // It has said all that it had to say.
        }
    }

    /**
     * The way is from this process to itself, so it matters not who issued the certificate; one that has run out would turn
     * every client away.
     */
    private static final class ValidToday implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            chain[0].checkValidity();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("A canary is no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
