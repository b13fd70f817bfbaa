package org.signetmail.notifier.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signetmail.local.process.Layout;
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

/** Each kind of mail, byte for byte, and read back by another library. -Dsignet.write-golden=true writes the files. */
class GoldenTest {
    private static final Path GOLDEN = Layout.root().resolve("notifier/src/test/resources/golden");
    private static final NoticeWriter WRITER = new NoticeWriter("mail.example.test");
    private static final Texts TEXTS = new Texts(Optional.empty());
    private static final RefusalReport NDR = new RefusalReport(WRITER, TEXTS, Language.EN);
    private static final AdminNotification ADMIN = new AdminNotification(WRITER, TEXTS);
    private static final DeliveryReport DSN = new DeliveryReport(WRITER, TEXTS, Language.EN);
    private static final DigestLetter DIGEST = new DigestLetter(WRITER, TEXTS, Language.EN);
    private static final Mailbox POSTMASTER =
            Mailbox.of("postmaster@example.test").orElseThrow();
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

    record Golden(String file, Notice notice) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Golden> goldens() throws MessagingException {
        Rejection from = Events.rejection(Events.forged(Reason.FROM, "From"));
        Rejection envelope = Events.rejection(Events.forged(Reason.ENVELOPE, "MAIL FROM"));
        Rejection displayName = Events.rejection(Events.forged(Reason.DISPLAY_NAME, "From"));
        Rejection form = Events.rejection(Events.detailed(Reason.FORM, "From", "Two From fields"));
        Rejection suspended = Events.rejection(Events.detailed(Reason.SUSPENDED, "MAIL FROM", SUSPENDED));
        Rejection orphan = Events.of(from, Optional.empty(), List.of());
        Rejection umlaut = Events.of(from, Optional.of("jürgen@bücher.example"), List.of("jürgen@bücher.example"));
        return Stream.of(
                ndr("ndr-from", from),
                ndr("ndr-sender", Events.rejection(Events.forged(Reason.SENDER, "Sender"))),
                ndr("ndr-resent", Events.rejection(Events.forged(Reason.RESENT, "Resent-From"))),
                ndr("ndr-envelope", envelope),
                ndr("ndr-display-name", displayName),
                ndr("ndr-form", form),
                ndr("ndr-suspended", suspended),
                ndr("ndr-nothing-allowed", Events.of(from, from.primaryAddress(), List.of())),
                ndr("ndr-smtputf8", umlaut),
                ndr("ndr-from-de", Events.rejection(Events.ID, from.violation(), GERMAN)),
                ndr("ndr-form-de", Events.rejection(Events.ID, form.violation(), GERMAN)),
                ndr("ndr-suspended-de", Events.rejection(Events.ID, suspended.violation(), GERMAN)),
                new Golden("admin-de", ADMIN.write(from, 2, POSTMASTER, Language.DE)),
                digest("digest-owner", NoticeKind.NDR, Language.EN, Events.HEADER),
                digest("digest-owner-de", NoticeKind.NDR, Language.EN, GERMAN),
                digest("digest-admin", NoticeKind.ADMIN, Language.EN, GERMAN),
                digest("digest-admin-de", NoticeKind.ADMIN, Language.DE, Events.HEADER),
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
                ndr("ndr-hostile", Events.rejection(Events.ID, from.violation(), Hostile.HEADER)),
                admin("admin-archived", from),
                admin("admin-not-archived", orphan),
                admin("admin-display-name", displayName),
                admin("admin-form", form),
                admin("admin-suspended", suspended),
                admin("admin-hostile", Events.rejection(Events.ID, from.violation(), Hostile.HEADER)),
                dsn("dsn-refused", Events.undeliverable(ID, ALICE, NOBODY)),
                dsn(
                        "dsn-expired",
                        Events.undeliverable(
                                ID,
                                ALICE,
                                Events.failed("bob@example.test", "4.4.7", "Connection refused", Optional.empty()))),
                dsn(
                        "dsn-delayed",
                        Events.delayed(Events.undeliverable(
                                ID, ALICE, full(Action.DELAYED, "4.2.2", "452 4.2.2 Mailbox full")))),
                dsn("dsn-relayed", Events.undeliverable(ID, ALICE, full(Action.RELAYED, "2.0.0", "250 2.0.0 taken"))),
                dsn("dsn-delivered", Events.undeliverable(ID, ALICE, full(Action.DELIVERED, "2.1.5", "250 2.1.5 ok"))),
                dsn(
                        "dsn-mixed",
                        Events.undeliverable(ID, ALICE, NOBODY, full(Action.RELAYED, "2.0.0", "250 2.0.0 taken"))),
                dsn(
                        "dsn-whole",
                        Events.whole(Events.undeliverable(ID, ALICE, NOBODY), Events.HEADER, "Hello Bob,\r\n.\r\n")),
                dsn(
                        "dsn-whole-8bit",
                        Events.whole(Events.undeliverable(ID, ALICE, NOBODY), Events.HEADER, "Grüße\r\n")),
                dsn(
                        "dsn-whole-global",
                        Events.whole(Events.undeliverable(ID, ALICE, JUERGEN), "Subject: Grüße\r\n", "Grüße\r\n")),
                dsn("dsn-global", Events.undeliverable(ID, ALICE, JUERGEN)),
                dsn("dsn-require-tls", Events.secret(Events.undeliverable(ID, ALICE, NOBODY))));
    }

    private static Golden digest(String file, NoticeKind kind, Language administrators, String header)
            throws MessagingException {
        String to = kind == NoticeKind.ADMIN ? "postmaster@example.test" : ALICE;
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
                        new NoticeWriter.Heading(
                                Events.ID + ".digest", NoticeKind.DIGEST, mailbox(to), end.plusSeconds(600)),
                        new Audience(kind, to),
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

    @ParameterizedTest
    @MethodSource("goldens")
    void isWrittenByteForByte(Golden golden) throws IOException {
        Path file = GOLDEN.resolve(golden.file() + ".eml");
        byte[] mail = golden.notice().mail().value();
        if (Boolean.getBoolean("signet.write-golden")) {
            Files.write(file, mail);
        }
        assertEquals(Files.readString(file), new String(mail, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void everyLineEndsInCrlfAndTheBodyIsSevenBit(Golden golden) {
        String mail = new String(golden.notice().mail().value(), StandardCharsets.ISO_8859_1);
        assertTrue(mail.endsWith("\r\n"));
        String lines = mail.replace("\r\n", "");
        assertTrue(lines.indexOf('\r') < 0 && lines.indexOf('\n') < 0 && lines.indexOf('\0') < 0);
        String body = mail.substring(mail.indexOf("\r\n\r\n"));
        // What RET=FULL returns may not be encoded (RFC 2046 5.2.1).
        assertTrue(golden.file().equals("dsn-whole-8bit") || body.chars().allMatch(c -> c < 0x80));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void anotherLibraryReadsIt(Golden golden) throws IOException {
        Message message = parse(golden.notice());
        assertEquals("<" + golden.notice().id() + "@mail.example.test>", message.getMessageId());
        assertEquals(1, message.getFrom().size());
        assertEquals(
                "mailer-daemon@mail.example.test", message.getFrom().getFirst().getAddress());
        assertEquals(1, message.getTo().size());
        assertEquals(
                "auto-replied", message.getHeader().getField("Auto-Submitted").getBody());
        if (golden.notice().kind() == NoticeKind.ADMIN || golden.notice().kind() == NoticeKind.DIGEST) {
            assertAlternative(message);
            return;
        }
        assertEquals("multipart/report", message.getMimeType());
        assertAlternative(((Multipart) message.getBody()).getBodyParts().getFirst());
        var types = ((Multipart) message.getBody())
                .getBodyParts().stream().map(part -> part.getMimeType()).toList();
        assertEquals(types(golden.file()), types);
    }

    private static void assertAlternative(Entity entity) {
        assertEquals("multipart/alternative", entity.getMimeType());
        var types = ((Multipart) entity.getBody())
                .getBodyParts().stream().map(part -> part.getMimeType()).toList();
        assertEquals(List.of("text/plain", "text/html"), types);
    }

    private static List<String> types(String file) {
        String text = "multipart/alternative";
        String status = "message/delivery-status";
        return switch (file) {
            case "dsn-whole", "dsn-whole-8bit", "dsn-mixed-de" -> List.of(text, status, "message/rfc822");
            case "dsn-global" -> List.of(text, "message/global-delivery-status", "text/rfc822-headers");
            case "dsn-whole-global" -> List.of(text, "message/global-delivery-status", "message/global");
            case "dsn-require-tls" -> List.of(text, status);
            default -> List.of(text, status, "text/rfc822-headers");
        };
    }

    /** Angus Mail reads it, too, and the groups of its delivery status. */
    @ParameterizedTest
    @MethodSource("goldens")
    void angusMailReadsIt(Golden golden) throws Exception {
        var message = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(golden.notice().mail().value()));
        assertEquals("<" + golden.notice().id() + "@mail.example.test>", message.getMessageID());
        assertEquals(1, message.getRecipients(RecipientType.TO).length);
        var report = assertInstanceOf(MimeMultipart.class, message.getContent());
        if (golden.notice().kind() == NoticeKind.ADMIN || golden.notice().kind() == NoticeKind.DIGEST) {
            assertInstanceOf(String.class, report.getBodyPart(0).getContent());
            assertEquals(2, report.getCount());
            return;
        }
        assertEquals(types(golden.file()).size(), report.getCount());
        var status = (MimeBodyPart) report.getBodyPart(1);
        assertEquals(types(golden.file()).get(1), new ContentType(status.getContentType()).getBaseType());
        var fields = status.getInputStream();
        assertNotNull(new InternetHeaders(fields, true).getHeader("Reporting-MTA", null));
        int recipients = 0;
        for (var group = new InternetHeaders(fields, true);
                group.getAllHeaders().hasMoreElements();
                group = new InternetHeaders(fields, true)) {
            assertNotNull(group.getHeader("Final-Recipient", null));
            assertNotNull(group.getHeader("Action", null));
            recipients++;
        }
        assertTrue(recipients >= 1);
    }

    static Message parse(Notice notice) throws IOException {
        var builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.custom().setMaxLineLen(2_000).build());
        return builder.parseMessage(new ByteArrayInputStream(notice.mail().value()));
    }

    private static Golden ndr(String file, Rejection event) throws MessagingException {
        return new Golden(file, NDR.write(event, mailbox(event.primaryAddress().orElseThrow()), POSTMASTER.path()));
    }

    private static Golden admin(String file, Rejection event) throws MessagingException {
        return new Golden(file, ADMIN.write(event, 1, POSTMASTER, Language.EN));
    }

    private static Golden dsn(String file, Undeliverable event) throws MessagingException {
        return new Golden(
                file,
                DSN.write(
                        Events.ID + ".dsn", event, Mailbox.of(event.mailFrom()).orElseThrow()));
    }
}
