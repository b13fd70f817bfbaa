package org.signetmail.notifier.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Message.RecipientType;
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
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signetmail.local.process.Layout;
import org.signetmail.notifier.mail.Goldens.Golden;

/** Each kind of mail, byte for byte, and read back by another library. -Dsignet.write-golden=true writes the files. */
class GoldenTest {
    private static final Path GOLDEN = Layout.root().resolve("notifier/src/test/resources/golden");

    @ParameterizedTest
    @MethodSource("org.signetmail.notifier.mail.Goldens#all")
    void isWrittenByteForByte(Golden golden) throws IOException {
        Path file = GOLDEN.resolve(golden.file() + ".eml");
        byte[] mail = golden.notice().mail().value();
        if (Boolean.getBoolean("signet.write-golden")) {
            Files.write(file, mail);
        }
        assertEquals(Files.readString(file), new String(mail, StandardCharsets.UTF_8));
    }

    /** A file that no mail is compared with pins nothing. */
    @Test
    void everyFileIsOfAMail() throws Exception {
        Set<String> mails = Goldens.all().map(golden -> golden.file() + ".eml").collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertEquals(mails, files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @MethodSource("org.signetmail.notifier.mail.Goldens#all")
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
    @MethodSource("org.signetmail.notifier.mail.Goldens#all")
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
            case "dsn-global", "dsn-smtputf8" -> List.of(text, "message/global-delivery-status", "text/rfc822-headers");
            case "dsn-whole-global" -> List.of(text, "message/global-delivery-status", "message/global");
            case "dsn-require-tls" -> List.of(text, status);
            default -> List.of(text, status, "text/rfc822-headers");
        };
    }

    /** Angus Mail reads it, too, and the groups of its delivery status. */
    @ParameterizedTest
    @MethodSource("org.signetmail.notifier.mail.Goldens#all")
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
}
