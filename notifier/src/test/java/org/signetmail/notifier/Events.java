package org.signetmail.notifier;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.event.Rejection.Client;
import org.signetmail.notifier.event.Rejection.Mode;
import org.signetmail.notifier.event.Rejection.Violation;
import org.signetmail.notifier.event.Undeliverable;
import org.signetmail.notifier.event.Undeliverable.Action;
import org.signetmail.notifier.event.Undeliverable.Recipient;

/** Events as the tests want them, like the samples of the contract. */
public final class Events {
    public static final UUID ID = UUID.fromString("0b8f6c1e-5d0a-4d55-9a3c-7f1f2a9f3c01");
    public static final Instant TIME = Instant.parse("2026-01-15T10:00:00.020Z");
    public static final String HEADER = """
        From: ceo@example.test
        To: Bob <bob@example.test>
        Subject: =?utf-8?q?Quarterly_r=C3=A9sum=C3=A9?=
        Date: Thu, 15 Jan 2026 10:00:00 +0000
        Message-ID: <1@laptop.example.test>
        """.replace("\n", "\r\n");

    private Events() {}

    public static Violation forged(Reason reason, String field) {
        return new Violation(reason, field, Optional.of("ceo@example.test"), Optional.empty());
    }

    public static Violation detailed(Reason reason, String field, String detail) {
        return new Violation(reason, field, Optional.empty(), Optional.of(detail));
    }

    /** A refusal of alice's message. */
    public static Rejection rejection(UUID id, Violation violation, String header) {
        return new Rejection(
                id,
                "alice",
                TIME,
                "mail.example.test",
                true,
                violation,
                Mode.ENFORCE,
                42,
                Optional.of("alice@example.test"),
                List.of("alice@example.test", "alice.smith@example.test", "*@lists.example.test"),
                new Client("192.0.2.10", "laptop.example.test", Optional.of("TLSv1.3")),
                "alice@example.test",
                List.of("bob@example.test", "carol@example.test"),
                412,
                Optional.of("/var/spool/signet/in/archive/W00000001"),
                base64(header),
                Optional.empty(),
                Optional.empty());
    }

    public static Rejection rejection(Violation violation) {
        return rejection(ID, violation, HEADER);
    }

    /** The same refusal of an account with this primary address, these addresses, and no archive. */
    public static Rejection of(Rejection event, Optional<String> primaryAddress, List<String> allowed) {
        return copy(event, event.account(), event.rejectedAt(), event.enforced(), primaryAddress, allowed);
    }

    /** The same violation in mode report. */
    public static Rejection reportOnly(Rejection event) {
        return copy(event, event.account(), event.rejectedAt(), false, event.primaryAddress(), event.allowed());
    }

    /** The same as an edge's own forgery. */
    public static Rejection canary(Rejection event) {
        return new Rejection(
                event.submissionId(),
                event.account(),
                event.rejectedAt(),
                event.server(),
                event.enforced(),
                event.violation(),
                event.mode(),
                event.directoryVersion(),
                event.primaryAddress(),
                event.allowed(),
                event.client(),
                event.mailFrom(),
                event.recipients(),
                event.size(),
                event.archiveFile(),
                event.headerBase64(),
                event.explanation(),
                Optional.of(true));
    }

    /** The same refusal of another account at another time. */
    public static Rejection at(Rejection event, String account, Instant at) {
        return copy(event, account, at, event.enforced(), event.primaryAddress(), event.allowed());
    }

    private static Rejection copy(
            Rejection event,
            String account,
            Instant at,
            boolean enforced,
            Optional<String> primaryAddress,
            List<String> allowed) {
        return new Rejection(
                event.submissionId(),
                account,
                at,
                event.server(),
                enforced,
                event.violation(),
                enforced ? Mode.ENFORCE : Mode.REPORT,
                event.directoryVersion(),
                primaryAddress,
                allowed,
                event.client(),
                event.mailFrom(),
                event.recipients(),
                event.size(),
                Optional.empty(),
                event.headerBase64(),
                event.explanation(),
                event.canary());
    }

    public static Undeliverable undeliverable(String id, String mailFrom, Undeliverable.Recipient... recipients) {
        return new Undeliverable(
                id,
                TIME.plusSeconds(432_000),
                TIME,
                "mail.example.test",
                mailFrom,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(recipients),
                base64(HEADER),
                Optional.empty());
    }

    /** The same with what the client asked for: ENVID, RET=FULL and this body behind this header. */
    public static Undeliverable whole(Undeliverable event, String header, String body) {
        return new Undeliverable(
                event.submissionId(),
                event.failedAt(),
                event.arrivedAt(),
                event.reportingMta(),
                event.mailFrom(),
                Optional.of("QQ314+2B1"),
                Optional.of(Undeliverable.Ret.FULL),
                Optional.empty(),
                Optional.empty(),
                event.recipients(),
                base64(header),
                Optional.of(base64("\r\n" + body)));
    }

    /** The same of a message with this header. */
    public static Undeliverable headed(Undeliverable event, String header) {
        return copy(event, event.envid(), event.ret(), base64(header));
    }

    /** The same with what the client asked for: ENVID and RET=HDRS. */
    public static Undeliverable headersAsked(Undeliverable event) {
        return copy(event, Optional.of("QQ314+2B1"), Optional.of(Undeliverable.Ret.HDRS), event.headerBase64());
    }

    private static Undeliverable copy(
            Undeliverable event, Optional<String> envid, Optional<Undeliverable.Ret> ret, String headerBase64) {
        return new Undeliverable(
                event.submissionId(),
                event.failedAt(),
                event.arrivedAt(),
                event.reportingMta(),
                event.mailFrom(),
                envid,
                ret,
                event.requireTls(),
                event.retryUntil(),
                event.recipients(),
                headerBase64,
                event.bodyBase64());
    }

    /** The same with the end of all attempts. */
    public static Undeliverable delayed(Undeliverable event) {
        return new Undeliverable(
                event.submissionId(),
                TIME.plusSeconds(14_400),
                event.arrivedAt(),
                event.reportingMta(),
                event.mailFrom(),
                event.envid(),
                event.ret(),
                Optional.empty(),
                Optional.of(TIME.plusSeconds(432_000)),
                event.recipients(),
                event.headerBase64(),
                Optional.empty());
    }

    /** The same of a message that required TLS. */
    public static Undeliverable secret(Undeliverable event) {
        return new Undeliverable(
                event.submissionId(),
                event.failedAt(),
                event.arrivedAt(),
                event.reportingMta(),
                event.mailFrom(),
                event.envid(),
                event.ret(),
                Optional.of(true),
                Optional.empty(),
                event.recipients(),
                "",
                Optional.empty());
    }

    /** A recipient to whom nothing could be delivered. */
    public static Recipient failed(String address, String status, String diagnostic, Optional<String> remoteMta) {
        return recipient(Action.FAILED, address, status, diagnostic, remoteMta, Optional.empty());
    }

    public static Recipient recipient(
            Action action,
            String address,
            String status,
            String diagnostic,
            Optional<String> remoteMta,
            Optional<String> orcpt) {
        return new Recipient(address, Optional.of(action), status, diagnostic, remoteMta, orcpt);
    }

    private static String base64(String header) {
        return Base64.getEncoder().encodeToString(header.getBytes(StandardCharsets.UTF_8));
    }
}
