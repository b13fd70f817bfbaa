package org.signetmail.notifier.mail;

import jakarta.mail.MessagingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.signetmail.notifier.Events;
import org.signetmail.notifier.admin.AdminNotification;
import org.signetmail.notifier.administrator.Administration;
import org.signetmail.notifier.administrator.Administrator;
import org.signetmail.notifier.digest.Audience;
import org.signetmail.notifier.digest.Digest;
import org.signetmail.notifier.digest.DigestLetter;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.event.Undeliverable;
import org.signetmail.notifier.event.Undeliverable.Action;
import org.signetmail.notifier.event.Undeliverable.Recipient;
import org.signetmail.notifier.ndr.DeliveryReport;
import org.signetmail.notifier.ndr.RefusalReport;
import org.signetmail.notifier.text.Language;
import org.signetmail.notifier.text.Texts;

/** A mail of every kind, as the files beside pin them. */
final class Goldens {
    private static final NoticeWriter WRITER = new NoticeWriter("mail.example.test");
    private static final Texts TEXTS = new Texts(Optional.empty());
    private static final RefusalReport NDR = new RefusalReport(WRITER, TEXTS, Language.EN);
    private static final AdminNotification ADMIN = new AdminNotification(WRITER, TEXTS);
    private static final DeliveryReport DSN = new DeliveryReport(WRITER, TEXTS, Language.EN);
    private static final DigestLetter DIGEST = new DigestLetter(WRITER, TEXTS, Language.EN);
    private static final Mailbox POSTMASTER =
            Mailbox.of("postmaster@example.test").orElseThrow();
    private static final Mailbox JUERGENS = Mailbox.of("jürgen@bücher.example").orElseThrow();
    private static final String GERMAN = "Accept-Language: de-DE, en\r\n" + Events.HEADER;

    private static final String ID = Events.ID.toString();
    private static final String ALICE = "alice@example.test";
    private static final Recipient NOBODY =
            Events.failed("nobody@example.test", "5.1.1", "550 5.1.1 No such user", Optional.of("store.example.test"));
    private static final Recipient JUERGEN = Events.recipient(
            Action.FAILED,
            "jürgen@example.test",
            "5.6.7",
            "SMTPUTF8 is needed",
            Optional.empty(),
            Optional.of("utf-8;j\\x{FC}rgen@example.test"));

    private static final String SUSPENDED =
            "The account is suspended: It tried 20 sender addresses that are not its own within 60 minutes";

    /** @param file its name in the folder, without .eml */
    record Golden(String file, Notice notice) {
        @Override
        public String toString() {
            return file;
        }
    }

    private Goldens() {}

    static Stream<Golden> all() throws MessagingException {
        return Stream.of(refusals(), notifications(), digests(), deliveries()).flatMap(List::stream);
    }

    private static List<Golden> refusals() throws MessagingException {
        Rejection from = refused(Events.forged(Reason.FROM, "From"));
        Rejection envelope = refused(Events.forged(Reason.ENVELOPE, "MAIL FROM"));
        Rejection displayName = refused(Events.forged(Reason.DISPLAY_NAME, "From"));
        Rejection form = refused(Events.detailed(Reason.FORM, "From", "Two From fields"));
        Rejection suspended = refused(Events.detailed(Reason.SUSPENDED, "MAIL FROM", SUSPENDED));
        return List.of(
                ndr("ndr-from", from),
                ndr("ndr-from-de", german(from)),
                ndr("ndr-sender", refused(Events.forged(Reason.SENDER, "Sender"))),
                ndr("ndr-resent", refused(Events.forged(Reason.RESENT, "Resent-From"))),
                ndr("ndr-envelope", envelope),
                ndr("ndr-envelope-de", german(envelope)),
                ndr("ndr-display-name", displayName),
                ndr("ndr-display-name-de", german(displayName)),
                ndr("ndr-form", form),
                ndr("ndr-form-de", german(form)),
                ndr("ndr-suspended", suspended),
                ndr("ndr-suspended-de", german(suspended)),
                ndr("ndr-nothing-allowed", Events.of(from, from.primaryAddress(), List.of())),
                ndr(
                        "ndr-smtputf8",
                        Events.of(from, Optional.of("jürgen@bücher.example"), List.of("jürgen@bücher.example"))),
                ndr(
                        "ndr-8bit-header",
                        Events.rejection(Events.ID, from.violation(), "Subject: Grüße\r\n" + Events.HEADER)),
                ndr("ndr-hostile", Events.rejection(Events.ID, from.violation(), Hostile.HEADER)));
    }

    private static List<Golden> notifications() throws MessagingException {
        Rejection from = refused(Events.forged(Reason.FROM, "From"));
        Rejection displayName = refused(Events.forged(Reason.DISPLAY_NAME, "From"));
        Rejection form = refused(Events.detailed(Reason.FORM, "From", "Two From fields"));
        Rejection suspended = refused(Events.detailed(Reason.SUSPENDED, "MAIL FROM", SUSPENDED));
        return List.of(
                admin("admin-archived", from, POSTMASTER, Language.EN),
                new Golden("admin-de", ADMIN.write(from, 2, POSTMASTER, Language.DE)),
                admin("admin-not-archived", Events.of(from, Optional.empty(), List.of()), POSTMASTER, Language.EN),
                admin("admin-display-name", displayName, POSTMASTER, Language.EN),
                admin("admin-display-name-de", displayName, POSTMASTER, Language.DE),
                admin("admin-form", form, POSTMASTER, Language.EN),
                admin("admin-form-de", form, POSTMASTER, Language.DE),
                admin("admin-suspended", suspended, POSTMASTER, Language.EN),
                admin("admin-suspended-de", suspended, POSTMASTER, Language.DE),
                admin("admin-smtputf8", from, JUERGENS, Language.EN),
                admin(
                        "admin-hostile",
                        Events.rejection(Events.ID, from.violation(), Hostile.HEADER),
                        POSTMASTER,
                        Language.EN));
    }

    private static List<Golden> digests() throws MessagingException {
        return List.of(
                digest("digest-owner", NoticeKind.NDR, mailbox(ALICE), Language.EN, Events.HEADER),
                digest("digest-owner-de", NoticeKind.NDR, mailbox(ALICE), Language.EN, GERMAN),
                digest("digest-owner-smtputf8", NoticeKind.NDR, JUERGENS, Language.EN, Events.HEADER),
                digest("digest-admin", NoticeKind.ADMIN, POSTMASTER, Language.EN, GERMAN),
                digest("digest-admin-de", NoticeKind.ADMIN, POSTMASTER, Language.DE, Events.HEADER));
    }

    private static List<Golden> deliveries() throws MessagingException {
        Undeliverable refused = Events.undeliverable(ID, ALICE, NOBODY);
        Undeliverable delayed = Events.delayed(
                Events.undeliverable(ID, ALICE, full(Action.DELAYED, "4.2.2", "452 4.2.2 Mailbox full")));
        Undeliverable relayed = Events.undeliverable(ID, ALICE, full(Action.RELAYED, "2.0.0", "250 2.0.0 taken"));
        Undeliverable delivered = Events.undeliverable(ID, ALICE, full(Action.DELIVERED, "2.1.5", "250 2.1.5 ok"));
        Undeliverable secret = Events.secret(refused);
        return List.of(
                dsn("dsn-refused", refused),
                dsn("dsn-refused-de", Events.headed(refused, GERMAN)),
                dsn(
                        "dsn-expired",
                        Events.undeliverable(
                                ID,
                                ALICE,
                                Events.failed("bob@example.test", "4.4.7", "Connection refused", Optional.empty()))),
                dsn("dsn-delayed", delayed),
                dsn("dsn-delayed-de", Events.headed(delayed, GERMAN)),
                dsn("dsn-relayed", relayed),
                dsn("dsn-relayed-de", Events.headed(relayed, GERMAN)),
                dsn("dsn-delivered", delivered),
                dsn("dsn-delivered-de", Events.headed(delivered, GERMAN)),
                dsn(
                        "dsn-mixed",
                        Events.undeliverable(ID, ALICE, NOBODY, full(Action.RELAYED, "2.0.0", "250 2.0.0 taken"))),
                dsn(
                        "dsn-mixed-de",
                        Events.whole(
                                Events.undeliverable(
                                        ID,
                                        ALICE,
                                        NOBODY,
                                        full(Action.DELAYED, "4.2.2", "452 4.2.2 Mailbox full"),
                                        full(Action.RELAYED, "2.0.0", "250 2.0.0 taken"),
                                        full(Action.DELIVERED, "2.1.5", "250 2.1.5 ok")),
                                GERMAN,
                                "Hallo\r\n")),
                dsn("dsn-headers", Events.headersAsked(refused)),
                dsn("dsn-whole", Events.whole(refused, Events.HEADER, "Hello Bob,\r\n.\r\n")),
                dsn("dsn-whole-8bit", Events.whole(refused, Events.HEADER, "Grüße\r\n")),
                dsn(
                        "dsn-whole-global",
                        Events.whole(Events.undeliverable(ID, ALICE, JUERGEN), "Subject: Grüße\r\n", "Grüße\r\n")),
                dsn("dsn-global", Events.undeliverable(ID, ALICE, JUERGEN)),
                dsn("dsn-smtputf8", Events.undeliverable(ID, JUERGENS.path(), JUERGEN)),
                dsn("dsn-require-tls", secret));
    }

    private static Rejection refused(Rejection.Violation violation) {
        return Events.rejection(violation);
    }

    private static Rejection german(Rejection rejection) {
        return Events.rejection(Events.ID, rejection.violation(), GERMAN);
    }

    private static Golden digest(String file, NoticeKind kind, Mailbox to, Language administrators, String header)
            throws MessagingException {
        Instant end = Events.TIME.plusSeconds(3_000);
        var line = new Digest.Line(
                9_990, "alice", "ceo@example.test", "From", List.of("192.0.2.10", "192.0.2.11"), 3, Events.TIME, end);
        var form = new Digest.Line(9, "alice", "", "From", List.of("192.0.2.10"), 0, Events.TIME, Events.TIME);
        var digest = new Digest(
                10_000,
                kind == NoticeKind.ADMIN ? 2 : 1,
                Events.TIME,
                end,
                "",
                List.of(line, form),
                kind == NoticeKind.ADMIN ? 1 : 0);
        Rejection newest = Events.rejection(Events.ID, Events.forged(Reason.FROM, "From"), header);
        return new Golden(
                file,
                DIGEST.write(
                        new NoticeWriter.Heading(Events.ID + ".digest", NoticeKind.DIGEST, to, end.plusSeconds(600)),
                        new Audience(kind, to.path()),
                        digest,
                        newest,
                        new Administration(List.of(new Administrator(POSTMASTER, administrators)))));
    }

    private static Mailbox mailbox(String address) {
        return Mailbox.of(address).orElseThrow();
    }

    private static Recipient full(Action action, String status, String reply) {
        return Events.recipient(
                action,
                "bob@example.test",
                status,
                reply,
                Optional.of("store.example.test"),
                Optional.of("rfc822;Robert+2BBob@example.test"));
    }

    private static Golden ndr(String file, Rejection event) throws MessagingException {
        return new Golden(file, NDR.write(event, mailbox(event.primaryAddress().orElseThrow()), POSTMASTER.path()));
    }

    private static Golden admin(String file, Rejection event, Mailbox to, Language language) throws MessagingException {
        return new Golden(file, ADMIN.write(event, 1, to, language));
    }

    private static Golden dsn(String file, Undeliverable event) throws MessagingException {
        return new Golden(
                file,
                DSN.write(
                        Events.ID + ".dsn", event, Mailbox.of(event.mailFrom()).orElseThrow()));
    }
}
