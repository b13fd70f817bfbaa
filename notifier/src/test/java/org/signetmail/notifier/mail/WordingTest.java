package org.signetmail.notifier.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signetmail.notifier.Events;
import org.signetmail.notifier.admin.AdminNotification;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.text.Language;
import org.signetmail.notifier.text.Texts;

/** The administrator reads what Exchange Server 5.5 wrote (KB Q186134). */
class WordingTest {
    private static final Rejection REJECTION = Events.rejection(Events.forged(Reason.FROM, "From"));

    @Test
    void theSentencesAreThoseOfTheOriginal() throws Exception {
        assertTrue(text(REJECTION).startsWith("""
                An Inbound mail message was not accepted on server mail.example.test because the authentication \
                account did not have permission to use the originator address on the message. The message that \
                caused this notification was:

                To: Bob <bob@example.test>
                From: ceo@example.test
                Subject: Quarterly r\u00e9sum\u00e9

                The submitting host was:

                laptop.example.test [192.0.2.10]
                \\alice

                If archiving was enabled at the time of submission, the message can be found in the following file:

                /var/spool/signet/in/archive/W00000001
                """));
    }

    @Test
    void withoutArchiveNothingIsSaidOfIt() throws Exception {
        assertFalse(text(Events.of(REJECTION, Optional.empty(), List.of())).contains("archiv"));
    }

    private static String text(Rejection rejection) throws Exception {
        Notice notice = new AdminNotification(new NoticeWriter("mail.example.test"), new Texts(Optional.empty()))
                .write(rejection, 1, Mailbox.of("postmaster@example.test").orElseThrow(), Language.EN);
        var octets = new ByteArrayOutputStream();
        InjectionTest.plain(GoldenTest.parse(notice)).writeTo(octets);
        String text = octets.toString(StandardCharsets.UTF_8);
        assertEquals(text.indexOf('\n'), text.indexOf("\r\n") + 1);
        return text.replace("\r\n", "\n");
    }
}
