package org.signetmail.edge.event;

import static org.signetmail.edge.event.CloudEvent.add;
import static org.signetmail.edge.event.CloudEvent.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.Logger;
import org.signetmail.edge.command.RcptParameters;
import org.signetmail.edge.command.Ret;

/**
 * {@link DeliveryParameters} in the headers of signet.outbound and signet.retries. A value that cannot be read counts as
 * absent: a message without its delivery report is better than no message.
 */
final class DeliveryParameterHeaders {
    private static final Logger LOG = Logger.getLogger(DeliveryParameterHeaders.class);
    private static final String RET = "signet_ret";
    private static final String ENVID = "signet_envid";
    private static final String RCPT_DSN = "signet_rcpt_dsn";
    private static final String REQUIRETLS = "signet_requiretls";
    private static final String HOLD_UNTIL = "signet_hold_until";

    private DeliveryParameterHeaders() {}

    static void write(Headers headers, OutboundMessage message) {
        DeliveryParameters parameters = message.parameters();
        parameters.ret().ifPresent(ret -> add(headers, RET, ret.name()));
        parameters.envid().ifPresent(envid -> add(headers, ENVID, envid));
        for (int i = 0; i < message.recipients().size(); i++) {
            String dsn = parameters.of(message.recipients().get(i)).text();
            if (!dsn.isEmpty()) {
                add(headers, RCPT_DSN, (i + 1) + " " + dsn);
            }
        }
        if (parameters.requireTls()) {
            add(headers, REQUIRETLS, "true");
        }
        parameters.holdUntil().ifPresent(instant -> add(headers, HOLD_UNTIL, OutboundHeaders.rfc3339(instant)));
    }

    static DeliveryParameters read(Headers headers, List<String> recipients) {
        return new DeliveryParameters(
                text(headers, RET).flatMap(Ret::named),
                text(headers, ENVID),
                rcptParameters(headers, recipients),
                text(headers, REQUIRETLS).map("true"::equals).orElse(false),
                text(headers, HOLD_UNTIL).flatMap(DeliveryParameterHeaders::instant));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            LOG.warnf("%s: %s", HOLD_UNTIL, e.getMessage());
            return Optional.empty();
        }
    }

    private static Map<String, RcptParameters> rcptParameters(Headers headers, List<String> recipients) {
        var parameters = new HashMap<String, RcptParameters>();
        for (Header header : headers.headers(RCPT_DSN)) {
            List<String> words = List.of(text(header).split(" "));
            Optional<String> recipient = recipient(words.getFirst(), recipients);
            if (recipient.isPresent()
                    && RcptParameters.read(words.subList(1, words.size()))
                            instanceof RcptParameters.Result.Read(RcptParameters read)) {
                parameters.put(recipient.get(), read);
            } else {
                LOG.warnf("%s cannot be read: %s", RCPT_DSN, text(header));
            }
        }
        return parameters;
    }

    private static Optional<String> recipient(String number, List<String> recipients) {
        boolean isNumber = number.matches("[1-9][0-9]{0,8}") && Integer.parseInt(number) <= recipients.size();
        return isNumber ? Optional.of(recipients.get(Integer.parseInt(number) - 1)) : Optional.empty();
    }
}
