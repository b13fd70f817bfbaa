package org.signetmail.edge.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message that was accepted and is to be delivered: envelope and content (RFC 5321 2.3.1).
 *
 * @param id submission id, or a notice's own id; key and {@code ce_id} of its records
 * @param mailFrom reverse-path without angle brackets, empty for the null sender
 * @param recipients forward-paths without angle brackets, those only that are still to be delivered to
 * @param smtputf8 whether the message or an address needs SMTPUTF8 (RFC 6531)
 * @param receivedAt when it was accepted; the time to give up counts from here
 * @param attempt deliveries tried so far, 0 for a new message
 * @param account login that submitted it; empty for a notice
 * @param fromDomains domains of the From field, A-labels in lower case, as far as the verdict has proved them; it may be
 *     signed for these and no others
 * @param parameters what the client asked of the delivery
 * @param content octets as they are to go out, lines ended by CRLF, not dot-stuffed; never written to
 */
public record OutboundMessage(
        String id,
        String mailFrom,
        List<String> recipients,
        boolean smtputf8,
        Instant receivedAt,
        int attempt,
        Optional<String> traceparent,
        Optional<String> account,
        List<String> fromDomains,
        DeliveryParameters parameters,
        byte[] content) {
    public OutboundMessage {
        recipients = List.copyOf(recipients);
        fromDomains = List.copyOf(fromDomains);
    }

    /** The same message after one more attempt, for the recipients that it did not reach. */
    public OutboundMessage afterAttempt(List<String> remaining) {
        return with(remaining, attempt + 1, parameters, content);
    }

    /** The same message for some of its recipients. */
    public OutboundMessage to(List<String> some) {
        return with(some, attempt, parameters, content);
    }

    /** The same envelope with other content. */
    public OutboundMessage withContent(byte[] octets) {
        return with(recipients, attempt, parameters, octets);
    }

    /** The same message, but content with any hop. */
    public OutboundMessage withoutRequireTls() {
        return with(recipients, attempt, parameters.withoutRequireTls(), content);
    }

    private OutboundMessage with(List<String> to, int attempts, DeliveryParameters asked, byte[] octets) {
        return new OutboundMessage(
                id, mailFrom, to, smtputf8, receivedAt, attempts, traceparent, account, fromDomains, asked, octets);
    }
}
