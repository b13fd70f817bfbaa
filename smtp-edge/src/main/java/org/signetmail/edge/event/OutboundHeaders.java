package org.signetmail.edge.event;

import static org.signetmail.edge.event.CloudEvent.add;
import static org.signetmail.edge.event.CloudEvent.text;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The envelope in the headers of signet.outbound and signet.retries, written and read (deploy/contract/README.md). */
public final class OutboundHeaders {
    public static final String PART = "signet_part";
    public static final String PARTS = "signet_parts";
    public static final String DUE = "signet_due";
    private static final String MAIL_FROM = "signet_mail_from";
    private static final String RCPT = "signet_rcpt";
    private static final String SMTPUTF8 = "signet_smtputf8";
    private static final String RECEIVED_AT = "signet_received_at";
    private static final String ATTEMPT = "signet_attempt";
    private static final String ACCOUNT = "signet_account";
    private static final String FROM_DOMAIN = "signet_from_domain";

    private OutboundHeaders() {}

    static void write(Headers headers, OutboundMessage message, Optional<Instant> due) {
        add(headers, MAIL_FROM, message.mailFrom());
        message.recipients().forEach(recipient -> add(headers, RCPT, recipient));
        if (message.smtputf8()) {
            add(headers, SMTPUTF8, "true");
        }
        add(headers, RECEIVED_AT, rfc3339(message.receivedAt()));
        if (message.attempt() > 0) {
            add(headers, ATTEMPT, Integer.toString(message.attempt()));
        }
        due.ifPresent(instant -> add(headers, DUE, rfc3339(instant)));
        message.account().ifPresent(account -> add(headers, ACCOUNT, account));
        message.fromDomains().forEach(domain -> add(headers, FROM_DOMAIN, domain));
        DeliveryParameterHeaders.write(headers, message);
    }

    /**
     * The message whose first part has these headers.
     *
     * @throws IllegalArgumentException when the envelope is missing or unreadable; names the header
     */
    public static OutboundMessage read(String id, Headers headers, byte[] content) {
        List<String> recipients = recipients(headers);
        return new OutboundMessage(
                id,
                required(headers, MAIL_FROM),
                recipients,
                text(headers, SMTPUTF8).map("true"::equals).orElse(false),
                Instant.parse(required(headers, RECEIVED_AT)),
                text(headers, ATTEMPT).map(Integer::parseInt).orElse(0),
                text(headers, CloudEvent.TRACEPARENT),
                text(headers, ACCOUNT),
                texts(headers, FROM_DOMAIN),
                DeliveryParameterHeaders.read(headers, recipients),
                content);
    }

    /** The text of a header that each record must have. */
    public static String required(Headers headers, String name) {
        return text(headers, name).orElseThrow(() -> new IllegalArgumentException("No header " + name));
    }

    private static List<String> recipients(Headers headers) {
        List<String> recipients = texts(headers, RCPT);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("No header " + RCPT);
        }
        return recipients;
    }

    private static List<String> texts(Headers headers, String name) {
        var texts = new ArrayList<String>();
        for (Header header : headers.headers(name)) {
            texts.add(text(header));
        }
        return texts;
    }

    static String rfc3339(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
