package org.signetmail.notifier.admin;

import static org.signetmail.notifier.mail.Visible.line;

import jakarta.mail.MessagingException;
import java.util.List;
import java.util.stream.Collectors;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.event.Rejection.Violation;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.mail.Notice;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.mail.NoticeWriter;
import org.signetmail.notifier.mail.NoticeWriter.Heading;
import org.signetmail.notifier.mail.RefusedHeader;

/**
 * The administrator's notification of a refused submission. Its sentences are those of Microsoft KB Q186134, letter for
 * letter; what follows them is ours.
 */
public final class AdminNotification {
    private final NoticeWriter writer;

    public AdminNotification(NoticeWriter writer) {
        this.writer = writer;
    }

    /** Writes the notification to the administrator's mailbox. */
    public Notice write(Rejection rejection, Mailbox administrator) throws MessagingException {
        var heading = new Heading(
                rejection.submissionId() + ".admin",
                NoticeKind.ADMIN,
                administrator,
                subject(rejection.violation()),
                rejection.rejectedAt());
        return writer.plain(heading, text(rejection, RefusedHeader.of(rejection.headerBase64())));
    }

    private static String subject(Violation violation) {
        return "Inbound mail message not accepted: "
                + switch (violation.reason()) {
                    case ENVELOPE, FROM, SENDER, RESENT, DISPLAY_NAME -> "originator address";
                    case FORM -> "malformed message";
                    case SUSPENDED -> "suspended account";
                };
    }

    private static String text(Rejection rejection, RefusedHeader header) {
        return """
                An Inbound mail message was not accepted on server %s because %s. The message that caused this notification was:

                To: %s
                From: %s
                Subject: %s

                The submitting host was:

                %s [%s]
                \\%s

                %s%s""".formatted(
                        line(rejection.server()),
                        because(rejection.violation()),
                        header.shown("To"),
                        header.shown("From"),
                        header.shown("Subject"),
                        line(rejection.client().helo()),
                        line(rejection.client().address()),
                        line(rejection.account()),
                        archive(rejection),
                        facts(rejection));
    }

    private static String because(Violation violation) {
        return switch (violation.reason()) {
            case ENVELOPE, FROM, SENDER, RESENT, DISPLAY_NAME ->
                "the authentication account did not have permission to use the originator address on the message";
            case FORM ->
                "its header leaves open who the originator is (%s)"
                        .formatted(line(violation.detail().orElse("malformed header")));
            case SUSPENDED ->
                "the authentication account may not send mail (%s)"
                        .formatted(line(violation.detail().orElse("account suspended")));
        };
    }

    private static String archive(Rejection rejection) {
        return rejection.archiveFile().map(file -> """
                        If archiving was enabled at the time of submission, the message can be found in the following file:

                        %s

                        """.formatted(line(file))).orElse("");
    }

    private static String facts(Rejection rejection) {
        return """
                Incident: %s
                Time: %s
                Account: %s (primary address: %s)
                Address that was tried: %s (%s%s)
                Envelope: from <%s> to %s
                Addresses that the account may use:
                %s
                %s""".formatted(
                        rejection.submissionId(),
                        rejection.rejectedAt(),
                        line(rejection.account()),
                        line(rejection.primaryAddress().orElse("none, so that its owner was not told")),
                        line(rejection.violation().address().orElse("none")),
                        line(rejection.violation().field()),
                        tried(rejection.violation()),
                        line(rejection.mailFrom()),
                        line(rejection.recipients().stream()
                                .map(address -> "<" + address + ">")
                                .collect(Collectors.joining(", "))),
                        allowed(rejection.allowed()),
                        release(rejection));
    }

    private static String release(Rejection rejection) {
        return switch (rejection.violation().reason()) {
            case SUSPENDED -> """
                    A suspended account is released by DELETE /api/v1/accounts/%s/suspension of
                    directory-service, or when its owner sets a new password.
                    """.formatted(line(rejection.account()));
            case ENVELOPE, FROM, SENDER, RESENT, DISPLAY_NAME, FORM -> "";
        };
    }

    /** Why not, where the address does not say it. */
    private static String tried(Violation violation) {
        return violation
                .address()
                .flatMap(_ -> violation.detail())
                .map(why -> ": " + line(why))
                .orElse("");
    }

    private static String allowed(List<String> addresses) {
        return addresses.isEmpty()
                ? "    none"
                : addresses.stream().map(address -> "    " + line(address)).collect(Collectors.joining("\n"));
    }
}
