package org.signetmail.local.mailstore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Folder;
import jakarta.mail.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a relay sends and what a mail program then reads over IMAP. */
class MailStoreTest {
    private GreenMail imap;
    private Mailboxes mailboxes;

    @BeforeEach
    void start() {
        imap = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP))
                .withConfiguration(new GreenMailConfiguration().withDisabledAuthentication());
        imap.start();
        mailboxes = new Mailboxes(imap.getUserManager());
    }

    @AfterEach
    void stop() {
        imap.stop();
    }

    @Test
    void theNullSenderIsTaken() throws Exception {
        String replies =
                converse("EHLO edge", "MAIL FROM:<>", "RCPT TO:<alice@example.test>", "DATA", "Subject: x", "", ".");
        assertEquals("""
                220 store.example.test ready
                250-store.example.test
                250-PIPELINING
                250-8BITMIME
                250-SMTPUTF8
                250 SIZE 67108864
                250 OK
                250 OK
                354 End with a dot
                250 OK
                """, replies);
        assertEquals(List.of("Return-Path: <>\r\nSubject: x\r\n\r\n"), messages("alice@example.test"));
    }

    @Test
    void everyOctetOfAnEightBitMessageArrives() throws Exception {
        String text =
                "From: <j\u00f6rg@example.test>\r\nSubject:  two  spaces\r\n\tand a fold\r\n\r\n..\r\nGr\u00fc\u00dfe\r\n";
        converse(
                "EHLO edge",
                "MAIL FROM:<jörg@example.test> BODY=8BITMIME SMTPUTF8",
                "RCPT TO:<bob@example.test>",
                "DATA",
                text.replace("\r\n..", "\r\n...") + ".");
        String message = messages("bob@example.test").getFirst();
        assertEquals("Return-Path: <jörg@example.test>\r\n" + text, message);
    }

    @Test
    void subaddressesAreMailboxesOfTheirOwnAndCaseIsNone() throws Exception {
        converse("EHLO edge", "MAIL FROM:<a@b>", "RCPT TO:<Bob+Lists@Example.test>", "DATA", "Subject: x", "", ".");
        assertEquals(1, messages("bob+lists@example.test").size());
        assertEquals(0, messages("bob@example.test").size());
    }

    @Test
    void lmtpAnswersForEachRecipient() throws Exception {
        String replies = converse(
                "LHLO edge",
                "MAIL FROM:<a@b>",
                "RCPT TO:<a@b>",
                "RCPT TO:<c@d>",
                "DATA",
                "Subject: x",
                "",
                ".",
                "QUIT");
        assertEquals("354 End with a dot\n250 OK\n250 OK\n221 Bye\n", replies.substring(replies.indexOf("354")));
    }

    @Test
    void testsMayAskForFailure() throws Exception {
        String replies =
                converse("EHLO edge", "MAIL FROM:<a@b>", "RCPT TO:<fault-451@b>", "RCPT TO:<fault-550-x@b>", "DATA");
        assertEquals(
                "250 OK\n451 As the address asks\n550 As the address asks\n503 RCPT first\n",
                replies.substring(replies.indexOf("250 OK")));
    }

    @Test
    void itDoesNotSlowDownWithThousandsOfMessages() throws Exception {
        byte[] message = ("Subject: x\r\n\r\n" + "0123456789\r\n".repeat(150)).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 5000; i++) {
            mailboxes.deliver("bob@example.test", message);
        }
        assertEquals(5000, messageCount("bob@example.test"));
    }

    private String converse(String... lines) throws IOException {
        byte[] input = (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
        var output = new ByteArrayOutputStream();
        new SmtpConversation(new ByteArrayInputStream(input), output, mailboxes).run();
        return output.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private int messageCount(String address) throws Exception {
        try (var store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", imap.getImap().getPort(), address, "any");
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                return inbox.getMessageCount();
            }
        }
    }

    private List<String> messages(String address) throws Exception {
        try (var store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", imap.getImap().getPort(), address, "any");
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                var found = new ArrayList<String>();
                for (var message : inbox.getMessages()) {
                    var octets = new ByteArrayOutputStream();
                    message.writeTo(octets);
                    found.add(octets.toString(StandardCharsets.UTF_8));
                }
                return found;
            }
        }
    }
}
