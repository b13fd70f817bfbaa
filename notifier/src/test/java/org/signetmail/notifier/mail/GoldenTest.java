package org.signetmail.notifier.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.MessagingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signetmail.local.process.Layout;
import org.signetmail.notifier.Events;
import org.signetmail.notifier.admin.AdminNotification;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.event.Undeliverable.Recipient;
import org.signetmail.notifier.ndr.DeliveryReport;
import org.signetmail.notifier.ndr.RefusalReport;

/** Each kind of mail, byte for byte, and read back by another library. -Dsignet.write-golden=true writes the files. */
class GoldenTest {
    private static final Path GOLDEN = Layout.root().resolve("notifier/src/test/resources/golden");
    private static final NoticeWriter WRITER = new NoticeWriter("mail.example.test");
    private static final RefusalReport NDR = new RefusalReport(WRITER, "postmaster@example.test");
    private static final AdminNotification ADMIN = new AdminNotification(WRITER);
    private static final DeliveryReport DSN = new DeliveryReport(WRITER);

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
                ndr("ndr-hostile", Events.rejection(Events.ID, from.violation(), Hostile.HEADER)),
                admin("admin-archived", from),
                admin("admin-not-archived", orphan),
                admin("admin-display-name", displayName),
                admin("admin-form", form),
                admin("admin-suspended", suspended),
                admin("admin-hostile", Events.rejection(Events.ID, from.violation(), Hostile.HEADER)),
                dsn(
                        "dsn-refused",
                        new Recipient(
                                "nobody@example.test",
                                "5.1.1",
                                "550 5.1.1 No such user",
                                Optional.of("store.example.test"))),
                dsn(
                        "dsn-expired",
                        new Recipient("bob@example.test", "4.4.7", "Connection refused", Optional.empty()),
                        new Recipient("jürgen@example.test", "5.6.7", "SMTPUTF8 is needed", Optional.empty())));
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
        assertTrue(body.chars().allMatch(c -> c < 0x80));
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
        if (golden.notice().kind() == NoticeKind.ADMIN) {
            assertEquals("text/plain", message.getMimeType());
            return;
        }
        assertEquals("multipart/report", message.getMimeType());
        var types = ((Multipart) message.getBody())
                .getBodyParts().stream().map(part -> part.getMimeType()).toList();
        assertEquals(List.of("text/plain", "message/delivery-status", "text/rfc822-headers"), types);
    }

    static Message parse(Notice notice) throws IOException {
        var builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.custom().setMaxLineLen(2_000).build());
        return builder.parseMessage(new ByteArrayInputStream(notice.mail().value()));
    }

    private static Golden ndr(String file, Rejection event) throws MessagingException {
        return new Golden(
                file,
                NDR.write(
                        event, Mailbox.of(event.primaryAddress().orElseThrow()).orElseThrow()));
    }

    private static Golden admin(String file, Rejection event) throws MessagingException {
        return new Golden(
                file, ADMIN.write(event, Mailbox.of("postmaster@example.test").orElseThrow()));
    }

    private static Golden dsn(String file, Recipient... recipients) throws MessagingException {
        var event = Events.undeliverable(Events.ID.toString(), "alice@example.test", recipients);
        return new Golden(
                file,
                DSN.write(
                        Events.ID + ".dsn", event, Mailbox.of(event.mailFrom()).orElseThrow()));
    }
}
