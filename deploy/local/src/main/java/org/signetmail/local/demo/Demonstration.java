package org.signetmail.local.demo;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLSocketFactory;
import org.signetmail.local.secrets.Secrets;
import org.signetmail.local.secrets.TrustedCertificate;
import org.signetmail.local.stack.Endpoints;
import org.signetmail.local.stack.Home;

/** Alice sends as herself, then as Bob; what the server says, and what arrives in whose mailbox. */
public final class Demonstration {
    private static final String LOGIN = "alice";
    private static final String PASSWORD = "alice-password";
    private static final String ALICE = "alice@example.test";
    private static final String BOB = "bob@example.test";
    private static final String CAROL = "carol@example.test";
    private static final String POSTMASTER = "postmaster@example.test";

    private final Endpoints endpoints;
    private final SSLSocketFactory tls;
    private final PrintStream out;
    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    public Demonstration(Home home, PrintStream out) throws IOException {
        this.endpoints = home.endpoints();
        this.tls = TrustedCertificate.socketFactory(new Secrets(home.secrets()).certificate());
        this.out = out;
    }

    /** Returns whether everything came as it should. */
    public boolean run() throws IOException, MessagingException, InterruptedException {
        title("1. Alice sends a message as herself");
        boolean accepted = submit(ALICE, "Lunch", BOB).startsWith("250");
        title("2. It is in Bob's mailbox");
        boolean delivered = show(BOB, "Lunch");

        title("3. Alice sends a message that claims to be from Bob");
        boolean refused = submit(BOB, "Forged", CAROL).startsWith("554");
        title("4. Alice reads why it was refused");
        boolean explained = show(ALICE, "Forged");
        title("5. The postmaster reads who tried what");
        boolean notified = show(POSTMASTER, "Forged");

        boolean all = accepted && delivered && refused && explained && notified;
        title(all ? "That is all." : "Something is missing; see ./signet status, and the logs that it names");
        return all;
    }

    /** Sends as a mail program would, signed in as alice, and returns the reply to the content. */
    private String submit(String from, String subject, String to) throws IOException {
        try (var dialogue = SmtpDialogue.connect(endpoints.smtpPort(), out)) {
            dialogue.command("EHLO alice-pc.example.test");
            dialogue.command("STARTTLS");
            dialogue.startTls(tls);
            dialogue.command("EHLO alice-pc.example.test");
            dialogue.signIn(LOGIN, PASSWORD);
            dialogue.command("MAIL FROM:<" + from + ">");
            dialogue.command("RCPT TO:<" + to + ">");
            dialogue.command("DATA");
            String reply = dialogue.content(List.of(
                    "From: <" + from + ">",
                    "To: <" + to + ">",
                    "Subject: " + subject + " " + mark,
                    "",
                    "Shall we have lunch at noon?"));
            dialogue.command("QUIT");
            return reply;
        }
    }

    private boolean show(String address, String subject) throws MessagingException, IOException, InterruptedException {
        Optional<String> message = new Inbox(endpoints.imapPort(), address).await(subject + " " + mark);
        message.ifPresentOrElse(
                text -> text.lines().forEach(line -> out.println("  | " + line)),
                () -> out.println("  nothing arrived"));
        return message.isPresent();
    }

    private void title(String text) {
        out.println();
        out.println(text);
        out.println();
    }
}
