package org.signetmail.notifier.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.notifier.Events;
import org.signetmail.notifier.admin.AdminNotification;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.event.Rejection.Client;
import org.signetmail.notifier.event.Rejection.Violation;
import org.signetmail.notifier.ndr.DeliveryReport;
import org.signetmail.notifier.ndr.RefusalReport;
import org.signetmail.notifier.text.Language;
import org.signetmail.notifier.text.Texts;

/** Nothing that a forger writes adds a line, a field or a part to a mail of ours. */
class InjectionTest {
    private static final NoticeWriter WRITER = new NoticeWriter("mail.example.test");
    private static final Texts TEXTS = new Texts(Optional.empty());
    private static final String BREAK = "x\r\nBcc: victim@example.test\r\n\r\nbody\n.\r\u2028\u0085\0y";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\n b",
                "=?utf-8?q?a=0D=0Ab?=",
                "=?utf-8?q?a=0Ab?=",
                "=?utf-8?q?a=0Db?=",
                "=?iso-8859-1?q?a=85b?=",
                "=?utf-8?b?YQ0KYg==?=",
                "=?utf-8?q?a=E2=80=A8b?=",
                "=?utf-7?q?a+AA0ACg-b?=",
                "=?no-such-charset?q?a=0Ab?=",
                "=?utf-8?q?a=00b?="
            })
    void aFieldIsShownOnOneLine(String subject) {
        String shown = RefusedHeader.of(base64("Subject: " + subject + "\r\n")).shown("Subject");
        assertTrue(shown.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x2028), shown);
    }

    @Test
    void aLongFieldIsCut() {
        String shown = RefusedHeader.of(base64("Subject: " + "y".repeat(10_240) + "\r\n"))
                .shown("Subject");
        assertEquals("y".repeat(Visible.LONGEST) + " [...]", shown);
    }

    @Test
    void aHeaderThatIsNoneIsShownAsNone() {
        assertEquals("(none)", RefusedHeader.of("").shown("To"));
        assertEquals("(none)", RefusedHeader.of("%%%").shown("To"));
        assertEquals(
                "a@b | c@d",
                RefusedHeader.of(base64("From: a@b\r\nfrom : c@d\r\nno colon\r\n"))
                        .shown("From"));
    }

    @Test
    void everyTextOfTheEventIsHarmless() throws Exception {
        Rejection rejection = hostile();
        Message ndr = GoldenTest.parse(new RefusalReport(WRITER, TEXTS, Language.EN)
                .write(rejection, Mailbox.of("alice@example.test").orElseThrow(), "postmaster@example.test"));
        Message admin = GoldenTest.parse(new AdminNotification(WRITER, TEXTS)
                .write(rejection, 1, Mailbox.of("postmaster@example.test").orElseThrow(), Language.EN));
        assertNull(ndr.getHeader().getField("Bcc"));
        assertNull(admin.getHeader().getField("Bcc"));
        assertEquals(3, ((Multipart) ndr.getBody()).getCount());
        assertNoLineBegins("Bcc:", text(plain(admin)));
        var parts = ((Multipart) ndr.getBody()).getBodyParts();
        assertNoLineBegins("Bcc:", text(plain(parts.get(0))));
    }

    @Test
    void aNextHopCannotAddStatusFields() throws Exception {
        var event = Events.undeliverable(
                "id" + BREAK, "alice@example.test", Events.failed("a" + BREAK, "5.0.0", BREAK, Optional.of(BREAK)));
        Notice report = new DeliveryReport(WRITER, TEXTS, Language.EN)
                .write("id.dsn", event, Mailbox.of("alice@example.test").orElseThrow());
        String mail = new String(report.mail().value(), StandardCharsets.UTF_8);
        assertNoLineBegins("Bcc:", mail);
        assertFalse(mail.contains("\r\nbody"), mail);
    }

    @Test
    void theLargestReportFitsOneRecord() throws Exception {
        var rejection =
                Events.rejection(Events.ID, Events.forged(Reason.FROM, "From"), "X: " + "\u00fc".repeat(128 * 1024));
        Notice report = new RefusalReport(WRITER, TEXTS, Language.EN)
                .write(rejection, Mailbox.of("alice@example.test").orElseThrow(), "postmaster@example.test");
        assertTrue(report.mail().value().length < 512 * 1024);
    }

    private static Rejection hostile() {
        Rejection event = Events.rejection(
                Events.ID,
                new Violation(Reason.FROM, BREAK, Optional.of(BREAK), Optional.of(BREAK)),
                "From: a\rBcc: b\nBcc: c\0\r\nTo: =?utf-8?q?" + "=0D=0ABcc:".repeat(50) + "?=\r\n");
        return new Rejection(
                event.submissionId(),
                BREAK,
                event.rejectedAt(),
                BREAK,
                true,
                event.violation(),
                event.mode(),
                event.directoryVersion(),
                Optional.of("alice@example.test"),
                List.of(BREAK, "*@" + BREAK),
                new Client(BREAK, BREAK, Optional.empty()),
                BREAK,
                List.of(BREAK),
                1,
                Optional.of(BREAK),
                event.headerBase64(),
                Optional.empty(),
                Optional.empty());
    }

    private static void assertNoLineBegins(String start, String text) {
        assertTrue(text.lines().noneMatch(line -> line.startsWith(start)), text);
    }

    /** The plain form of a text. */
    static TextBody plain(Entity alternative) {
        return (TextBody)
                ((Multipart) alternative.getBody()).getBodyParts().getFirst().getBody();
    }

    private static String text(TextBody body) throws Exception {
        var octets = new ByteArrayOutputStream();
        body.writeTo(octets);
        return octets.toString(StandardCharsets.UTF_8);
    }

    private static String base64(String header) {
        return Base64.getEncoder().encodeToString(header.getBytes(StandardCharsets.UTF_8));
    }
}
