package org.signetmail.edge.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.signetmail.edge.command.RcptParameters;
import org.signetmail.edge.command.Ret;

/**
 * What the client asked of the delivery with parameters of MAIL and RCPT.
 *
 * @param ret what a delivery report returns of the message (RFC 3461 section 4.3)
 * @param envid the client's name for the transaction, xtext as it was written (RFC 3461 section 4.4)
 * @param recipients what is to be told about a recipient, by forward-path; absent where nothing was asked
 * @param requireTls no hop without verified TLS and REQUIRETLS (RFC 8689)
 * @param holdUntil not to be delivered before (RFC 4865)
 */
public record DeliveryParameters(
        Optional<Ret> ret,
        Optional<String> envid,
        Map<String, RcptParameters> recipients,
        boolean requireTls,
        Optional<Instant> holdUntil) {
    public static final DeliveryParameters NONE =
            new DeliveryParameters(Optional.empty(), Optional.empty(), Map.of(), false, Optional.empty());

    public DeliveryParameters {
        recipients = Map.copyOf(recipients);
    }

    public RcptParameters of(String recipient) {
        return recipients.getOrDefault(recipient, RcptParameters.NONE);
    }

    DeliveryParameters withoutRequireTls() {
        return new DeliveryParameters(ret, envid, recipients, false, holdUntil);
    }
}
