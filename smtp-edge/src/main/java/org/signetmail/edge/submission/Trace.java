package org.signetmail.edge.submission;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the {@code Received:} field of a submission says (RFC 5321 4.4). The account is not in it: who signed in is nobody
 * else's business.
 *
 * @param helo argument of EHLO or HELO
 * @param server name of this server, as its greeting has it
 * @param esmtp whether the client greeted with EHLO
 * @param submissionId in UUID form
 */
public record Trace(
        String helo,
        InetAddress client,
        String server,
        boolean esmtp,
        boolean smtputf8,
        boolean tls,
        boolean authenticated,
        String submissionId,
        Instant receivedAt) {

    /** RFC 5322 3.3; day of month with two digits, zone in digits. */
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss Z", Locale.US)
            .withZone(ZoneOffset.UTC);

    private static final Pattern DOMAIN_OR_LITERAL =
            Pattern.compile("[\\p{L}\\p{M}\\p{N}._-]{1,255}|\\[[0-9A-Za-z.:]{1,64}]");

    String received() {
        return "Received: from " + heloName() + " (" + addressLiteral() + ")\r\n"
                + "\tby " + server + " with " + protocol() + " id " + submissionId + ";\r\n"
                + "\t" + date() + "\r\n";
    }

    String date() {
        return DATE_TIME.format(receivedAt);
    }

    String messageId() {
        return '<' + submissionId + '@' + server + '>';
    }

    /** RFC 3848; RFC 6531 4.3 for the UTF8 ones. */
    private String protocol() {
        if (!esmtp) {
            return "SMTP";
        }
        return (smtputf8 ? "UTF8SMTP" : "ESMTP") + (tls ? "S" : "") + (authenticated ? "A" : "");
    }

    /** RFC 5321 4.1.3. */
    private String addressLiteral() {
        String address = client.getHostAddress().replaceFirst("%.*", "");
        return client instanceof Inet6Address ? "[IPv6:" + address + ']' : '[' + address + ']';
    }

    /** A client may greet with anything; only a domain or an address literal gets into a header. */
    private String heloName() {
        boolean ascii = helo.chars().allMatch(c -> c < 0x80);
        return (ascii || smtputf8) && DOMAIN_OR_LITERAL.matcher(helo).matches() ? helo : "unknown";
    }
}
