package org.signetmail.notifier.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.signetmail.notifier.mail.Goldens.Golden;

/** Every mail of ours goes into a real mail store by LMTP and comes out of it by IMAP as it was. */
class DovecotTest {
    /** What a mail store puts before a mail (RFC 5321 4.4). */
    private static final String TRACE =
            "Return-Path: <>\r\nDelivered-To: [^\r]+\r\nReceived: (?:[^\r]+\r\n[ \t])*[^\r]+\r\n"
                    + "(?:Return-Path: <>\r\nDelivered-To: [^\r]+\r\n)?";

    private Path directory;

    @BeforeEach
    void create() throws IOException {
        directory = Files.createTempDirectory("signet-dovecot");
    }

    @AfterEach
    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Dovecot 2.3 has no SMTPUTF8, so that the envelope is ASCII; the header is what it is. */
    @ParameterizedTest
    @EnumSource
    void takesEveryMailAndServesItByteForByte(Dovecot.As as) throws Exception {
        try (var dovecot = Dovecot.start(directory, as)) {
            List<Golden> goldens = Goldens.all().toList();
            for (Golden golden : goldens) {
                dovecot.take(mailbox(golden), golden.notice().mail().value());
            }
            for (Golden golden : goldens) {
                byte[] mail = golden.notice().mail().value();
                Dovecot.Served served = dovecot.serve(mailbox(golden));
                int begin = served.octets().length - mail.length;
                assertArrayEquals(
                        mail, Arrays.copyOfRange(served.octets(), begin, served.octets().length), golden.file());
                String trace = new String(served.octets(), 0, begin, UTF_8);
                assertTrue(trace.matches(TRACE), trace);
                String type = golden.notice().kind() == NoticeKind.NDR
                                || golden.notice().kind() == NoticeKind.DSN
                        ? "multipart/report"
                        : "multipart/alternative";
                assertTrue(served.type().toLowerCase(Locale.ROOT).startsWith(type), served.type());
            }
        }
    }

    private static String mailbox(Golden golden) {
        return golden.file() + "@example.test";
    }
}
