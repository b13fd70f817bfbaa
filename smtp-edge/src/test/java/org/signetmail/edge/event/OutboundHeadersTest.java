package org.signetmail.edge.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.command.Notify;
import org.signetmail.edge.command.RcptParameters;
import org.signetmail.edge.command.Ret;

/** The envelope in headers, as deploy/contract/README.md has it, out and in again. */
class OutboundHeadersTest {
    private static final byte[] CONTENT = {'x', '\r', '\n'};
    private static final Instant HOLD_UNTIL = Instant.parse("2026-01-16T08:00:00Z");
    private static final OutboundMessage MESSAGE = new OutboundMessage(
            "id",
            "alice@example.test",
            List.of("bob@example.test", "j\u00FCrgen@example.test", "carol@example.test"),
            true,
            Instant.parse("2026-01-15T10:00:00Z"),
            0,
            Optional.empty(),
            Optional.of("alice"),
            List.of("example.test"),
            new DeliveryParameters(
                    Optional.of(Ret.HDRS),
                    Optional.of("QQ314159+2B"),
                    Map.of(
                            "bob@example.test",
                            new RcptParameters(EnumSet.of(Notify.NEVER), Optional.empty()),
                            "carol@example.test",
                            new RcptParameters(
                                    EnumSet.of(Notify.DELAY, Notify.SUCCESS), Optional.of("rfc822;carol+2Bx@test"))),
                    true,
                    Optional.of(HOLD_UNTIL)),
            CONTENT);

    @Test
    void everyParameterHasItsHeader() {
        assertEquals("""
                signet_mail_from: alice@example.test
                signet_rcpt: bob@example.test
                signet_rcpt: j\u00FCrgen@example.test
                signet_rcpt: carol@example.test
                signet_smtputf8: true
                signet_received_at: 2026-01-15T10:00:00Z
                signet_account: alice
                signet_from_domain: example.test
                signet_ret: HDRS
                signet_envid: QQ314159+2B
                signet_rcpt_dsn: 1 NOTIFY=NEVER
                signet_rcpt_dsn: 3 NOTIFY=SUCCESS,DELAY ORCPT=rfc822;carol+2Bx@test
                signet_requiretls: true
                signet_hold_until: 2026-01-16T08:00:00Z
                """, text(written(MESSAGE)));
    }

    @Test
    void whatWasWrittenIsRead() {
        assertEquals(MESSAGE, OutboundHeaders.read("id", written(MESSAGE), CONTENT));
    }

    @Test
    void anotherAttemptCountsItsOwnRecipients() {
        OutboundMessage next = MESSAGE.afterAttempt(List.of("carol@example.test"));
        OutboundMessage read = OutboundHeaders.read("id", written(next), CONTENT);
        assertEquals(Optional.of("alice"), read.account());
        assertEquals(
                "NOTIFY=SUCCESS,DELAY ORCPT=rfc822;carol+2Bx@test",
                read.parameters().of("carol@example.test").text());
        assertEquals(RcptParameters.NONE, read.parameters().of("bob@example.test"));
    }

    /** A message is never lost over a wish of its sender. */
    @Test
    void whatCannotBeReadCountsAsAbsent() {
        var headers = new RecordHeaders();
        CloudEvent.add(headers, "signet_mail_from", "");
        CloudEvent.add(headers, "signet_rcpt", "bob@example.test");
        CloudEvent.add(headers, "signet_received_at", "2026-01-15T10:00:00Z");
        CloudEvent.add(headers, "signet_ret", "BODY");
        CloudEvent.add(headers, "signet_hold_until", "tomorrow");
        CloudEvent.add(headers, "signet_requiretls", "false");
        for (String dsn : List.of("", "1", "0 NOTIFY=NEVER", "2 NOTIFY=NEVER", "x NOTIFY=NEVER", "1 NOTIFY=MAYBE")) {
            CloudEvent.add(headers, "signet_rcpt_dsn", dsn);
        }
        OutboundMessage read = OutboundHeaders.read("id", headers, CONTENT);
        assertEquals(DeliveryParameters.NONE.ret(), read.parameters().ret());
        assertEquals(Optional.empty(), read.parameters().holdUntil());
        assertEquals(false, read.parameters().requireTls());
        assertEquals(RcptParameters.NONE, read.parameters().of("bob@example.test"));
        assertEquals(Optional.empty(), read.account());
    }

    private static Headers written(OutboundMessage message) {
        var headers = new RecordHeaders();
        OutboundHeaders.write(headers, message, Optional.empty());
        return headers;
    }

    private static String text(Headers headers) {
        var text = new StringBuilder();
        headers.forEach(header -> text.append(header.key() + ": " + CloudEvent.text(header) + "\n"));
        return text.toString();
    }
}
