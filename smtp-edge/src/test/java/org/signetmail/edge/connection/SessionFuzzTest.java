package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.auth.Authentication;
import org.signetmail.edge.auth.FakeAccounts;
import org.signetmail.edge.auth.SecureChannel;
import org.signetmail.edge.content.Storage;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;
import org.signetmail.edge.reply.ReplyStyle;
import org.signetmail.edge.session.Answer;
import org.signetmail.edge.session.Line;
import org.signetmail.edge.session.Outcome;
import org.signetmail.edge.session.Session;
import org.signetmail.edge.session.SessionSettings;
import org.signetmail.edge.session.Submission;
import org.signetmail.edge.session.TestQuota;

/** Random talk never breaks a session, never signs in without the password, and never submits without having signed in. */
class SessionFuzzTest {
    private static final long SEED = 5321;
    private static final Duration TIME = Duration.ofSeconds(2);
    private static final String PASSWORD = "alice-password";
    private static final String PLAIN = base64("\0alice\0" + PASSWORD);

    private static final Storage STORAGE = TestStorage.roomy(1000, 500);

    private static final List<String> SNIPPETS = List.of(
            "EHLO client.example",
            "HELO client.example",
            "STARTTLS",
            "AUTH PLAIN ",
            "AUTH LOGIN",
            "AUTH PLAIN =",
            "AUTH SCRAM-SHA-256 " + base64("n,,n=alice,r=abc"),
            "AUTH SCRAM-SHA-256-PLUS " + base64("p=tls-exporter,,n=alice,r=abc"),
            base64("c=biws,r=abc%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=" + base64("p".repeat(32))),
            "AUTH PLAIN " + base64("\0alice\0wrong"),
            base64("\0alice\0wrong"),
            base64("alice"),
            base64("wrong"),
            "*",
            "MAIL FROM:<alice@example.test>",
            "MAIL FROM:<>",
            " SIZE=1",
            " SMTPUTF8",
            " BODY=8BITMIME",
            " AUTH=<>",
            "RCPT TO:<bob@example.test>",
            "RCPT TO:<\"a > b\"@example.test>",
            "DATA",
            "RSET",
            "NOOP",
            "VRFY a",
            "HELP",
            "BDAT 5\r\nHi.\r\n",
            "BDAT 5 LAST",
            "BDAT 0 LAST",
            " NOTIFY=NEVER ORCPT=rfc822;a",
            " RET=FULL ENVID=a+2B",
            " HOLDFOR=60",
            " REQUIRETLS",
            "From: alice@example.test\r\n\r\nHi\r\n.",
            ".",
            "..",
            "\r",
            "\n",
            "\0",
            "\u00FF",
            "<",
            ">",
            "\"",
            "\\",
            ":",
            "@",
            "=",
            "\t",
            " ",
            "A".repeat(200));

    private final FakeAccounts accounts = new FakeAccounts();
    private final Random random = new Random(SEED);
    private int submissions;

    @Test
    void randomTalk() throws IOException {
        long end = System.nanoTime() + TIME.toNanos();
        int sessions = 0;
        while (System.nanoTime() < end) {
            talk(wire(sessions % 4 == 0), sessions);
            sessions++;
        }
        assertTrue(sessions > 100, sessions + " sessions");
        assertTrue(submissions > 0, "some of them sign in and submit");
    }

    /** Whole lines for the most part; some sessions have the password, and only they may get in. */
    private byte[] wire(boolean knowsThePassword) {
        var wire = new StringBuilder();
        if (knowsThePassword) {
            wire.append("EHLO client.example\r\nAUTH PLAIN ").append(PLAIN).append("\r\n");
            wire.append("MAIL FROM:<alice@example.test>\r\nRCPT TO:<bob@example.test>\r\n");
        }
        for (int i = random.nextInt(30); i > 0; i--) {
            wire.append(SNIPPETS.get(random.nextInt(SNIPPETS.size())));
            if (random.nextInt(8) > 0) {
                wire.append("\r\n");
            }
        }
        byte[] octets = wire.toString().getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(3); i > 0 && octets.length > 0 && !knowsThePassword; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return octets;
    }

    private void talk(byte[] wire, int number) throws IOException {
        var input = new InputBuffer(new ByteArrayInputStream(wire), () -> {});
        var lines = new LineReader(input, 100);
        var settings = new SessionSettings(
                "mail.example.test",
                ReplyStyle.EXCHANGE,
                true,
                true,
                FakeAccounts.MECHANISMS,
                1000,
                3,
                3,
                20,
                Duration.ofDays(7),
                InstantSource.system(),
                TestQuota.unlimited());
        var talk = new Talk(new Session(settings, InetAddress.getLoopbackAddress(), Optional.empty()), input);
        try {
            while (!talk.over) {
                Line line = talk.session.expectsSecret() ? lines.saslResponse() : lines.command();
                talk.over = line instanceof Line.End;
                talk.perform(talk.session.on(line));
                talk.forgetChunks();
            }
        } catch (RuntimeException e) {
            fail("Session " + number + " of seed " + SEED + ": " + new String(wire, StandardCharsets.ISO_8859_1), e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A connection without its socket. */
    private final class Talk {
        private final Session session;
        private final InputBuffer input;
        private Optional<ChunkReader> chunks = Optional.empty();
        private final ByteArrayOutputStream replies = new ByteArrayOutputStream();
        private boolean provedIt;
        private boolean over;

        private Talk(Session session, InputBuffer input) {
            this.session = session;
            this.input = input;
        }

        private ChunkReader chunks() {
            chunks = chunks.or(() -> Optional.of(new ChunkReader(input, STORAGE.draft(Storage.Waits.UNNOTICED))));
            return chunks.get();
        }

        private void forgetChunks() {
            if (!session.expectsChunk()) {
                chunks = Optional.empty();
            }
        }

        private void perform(Outcome outcome) throws IOException {
            switch (outcome) {
                case Outcome.Say(Reply reply) -> say(reply);
                case Outcome.Close(Reply reply) -> {
                    say(reply);
                    over = true;
                }
                case Outcome.StartTls(Reply reply) -> {
                    say(reply);
                    session.tlsStarted(new SecureChannel("TLSv1.3"));
                    provedIt = false;
                }
                case Outcome.LookUp(String login, var client) -> perform(session.lookedUp(accounts.of(login, client)));
                case Outcome.Authenticate(var credentials, var _) -> {
                    Authentication result = accounts.authenticate(credentials, InetAddress.getLoopbackAddress());
                    provedIt = result instanceof Authentication.Granted(String account, var _, var _)
                            && account.equals("alice");
                    perform(session.authenticated(result));
                }
                case Outcome.ReceiveContent(Reply reply) -> {
                    say(reply);
                    perform(session.received(new ContentReader(input).read(STORAGE.draft(Storage.Waits.UNNOTICED))));
                }
                case Outcome.ReceiveChunk(long octets, boolean last) ->
                    perform(session.received(chunks().read(octets, last)));
                case Outcome.Discard(long octets, Outcome then) -> {
                    over = !ChunkReader.discard(input, octets);
                    if (!over) {
                        perform(then);
                    }
                }
                case Outcome.Submit(Submission submission) -> {
                    assertTrue(provedIt && submission.account().equals("alice"), "submitted without AUTH");
                    submissions++;
                    perform(session.answered(Answer.of(Replies.accepted("test"))));
                }
            }
            assertTrue(provedIt || session.account().isEmpty(), "signed in without the password");
        }

        private void say(Reply reply) {
            for (String line : reply.lines(ReplyStyle.EXCHANGE)) {
                assertTrue(line.matches("[2345][0-9]{2}[ -][ -~]*"), line);
            }
            replies.writeBytes(reply.encode(ReplyStyle.EXCHANGE));
        }
    }
}
