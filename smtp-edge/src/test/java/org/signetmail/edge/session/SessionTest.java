package org.signetmail.edge.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.auth.AccountLimits;
import org.signetmail.edge.auth.Authentication;
import org.signetmail.edge.auth.FakeAccounts;
import org.signetmail.edge.auth.SecureChannel;
import org.signetmail.edge.content.StoredMessage;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;
import org.signetmail.edge.reply.ReplyStyle;

/** What configuration changes about a session; everything else is in the dialogues. */
class SessionTest {
    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00.5Z");

    @Test
    void withoutTlsAuthIsNeitherOfferedNorTaken() {
        Session session = session(ReplyStyle.EXCHANGE, true, false, Optional.empty());
        assertEquals(
                List.of(
                        "250-mail.example.test",
                        "250-PIPELINING",
                        "250-SIZE 1000",
                        "250-8BITMIME",
                        "250-SMTPUTF8",
                        "250-CHUNKING",
                        "250-DSN",
                        "250-LIMITS RCPTMAX=10",
                        "250-FUTURERELEASE 86400 2026-01-16T10:00:00Z",
                        "250 STARTTLS"),
                said(session, "EHLO client.example").lines(ReplyStyle.EXCHANGE));
        assertEquals(Replies.AUTH_NEEDS_TLS, said(session, "AUTH PLAIN AGEAYg=="));
    }

    @Test
    void insideTlsAuthIsOffered() {
        Session session = session(ReplyStyle.EXCHANGE, true, false, Optional.of(new SecureChannel("TLSv1.3")));
        List<String> lines = said(session, "EHLO client.example").lines(ReplyStyle.EXCHANGE);
        assertEquals("250 AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN OAUTHBEARER XOAUTH2", lines.getLast());
    }

    @Test
    void withoutACertificateStarttlsIsNotOffered() {
        Session session = session(ReplyStyle.EXCHANGE, false, true, Optional.empty());
        said(session, "EHLO client.example");
        assertEquals(Replies.TLS_NOT_AVAILABLE, said(session, "STARTTLS"));
    }

    @Test
    void enhancedStatusCodesByStyle() {
        Session session = session(ReplyStyle.ENHANCED, false, true, Optional.empty());
        assertEquals(
                "250 ENHANCEDSTATUSCODES",
                said(session, "EHLO client.example").lines(ReplyStyle.ENHANCED).getLast());
        assertEquals(
                List.of("554 5.7.1 Originator address does not match authentication credentials"),
                Replies.ORIGINATOR_REFUSED.lines(ReplyStyle.ENHANCED));
        assertEquals(
                List.of("554 Originator address does not match authentication credentials"),
                Replies.ORIGINATOR_REFUSED.lines(ReplyStyle.EXCHANGE));
    }

    @Test
    void aSubmissionCarriesWhatTheSessionKnows() {
        Session session = session(ReplyStyle.EXCHANGE, false, true, Optional.empty());
        said(session, "EHLO client.example");
        assertInstanceOf(Outcome.Authenticate.class, session.on(new Line.Text("AUTH PLAIN AGFsaWNlAHg=")));
        said(session.authenticated(new Authentication.Granted("alice", Optional.of("phone"), AccountLimits.NONE)));
        said(session, "MAIL FROM:<\"a b\"@example.test> SMTPUTF8");
        said(session, "RCPT TO:<bob@example.test>");
        assertInstanceOf(Outcome.ReceiveContent.class, session.on(new Line.Text("DATA")));
        var submit = assertInstanceOf(
                Outcome.Submit.class,
                session.received(new Content.Message(StoredMessage.of(new byte[] {'x', '\r', '\n'}))));
        Submission submission = submit.submission();
        assertEquals("alice", submission.account());
        assertEquals(Optional.of("phone"), submission.credential());
        assertEquals("client.example", submission.helo());
        assertEquals("a b@example.test", submission.transaction().reversePath().address());
        assertEquals(true, submission.transaction().smtputf8());
        assertEquals(3, submission.content().size());
    }

    @Test
    void insideTlsRequireTlsIsOffered() {
        Session session = session(ReplyStyle.EXCHANGE, true, false, Optional.of(new SecureChannel("TLSv1.3")));
        assertTrue(said(session, "EHLO client.example").text().contains("REQUIRETLS"));
    }

    /** RFC 4865 section 4: up to the longest hold and not beyond, in the future and not before. */
    @Test
    void howLongAMessageMayBeHeld() {
        assertEquals(Replies.SENDER_OK, mail("HOLDFOR=86400"));
        assertEquals(Replies.HOLD_TOO_LONG, mail("HOLDFOR=86401"));
        assertEquals(Replies.SENDER_OK, mail("HOLDUNTIL=2026-01-16T10:00:00Z"));
        assertEquals(Replies.SENDER_OK, mail("HOLDUNTIL=2026-01-16T11:00:00+01:00"));
        assertEquals(Replies.HOLD_TOO_LONG, mail("HOLDUNTIL=2026-01-16T10:00:01Z"));
        assertEquals(Replies.SENDER_OK, mail("HOLDUNTIL=2026-01-15T10:00:01Z"));
        assertEquals(Replies.HOLD_IS_OVER, mail("HOLDUNTIL=2026-01-15T10:00:00Z"));
    }

    @Test
    void withoutAnyHoldItIsNeitherOfferedNorTaken() {
        var settings = new SessionSettings(
                "mail.example.test",
                ReplyStyle.EXCHANGE,
                false,
                true,
                FakeAccounts.MECHANISMS,
                1000,
                10,
                3,
                20,
                100,
                Duration.ZERO,
                () -> NOW,
                TestQuota.unlimited());
        Session session = signedIn(new Session(settings, InetAddress.getLoopbackAddress(), Optional.empty()));
        assertTrue(said(session, "EHLO client.example").text().stream()
                .noneMatch(keyword -> keyword.startsWith("FUTURERELEASE")));
        assertEquals(Replies.PARAMETER_UNKNOWN, said(session, "MAIL FROM:<alice@example.test> HOLDFOR=1"));
    }

    @Test
    void aHoldIsCountedFromMail() {
        Session session = signedIn(session(ReplyStyle.EXCHANGE, false, true, Optional.empty()));
        said(session, "MAIL FROM:<alice@example.test> HOLDFOR=60");
        said(session, "RCPT TO:<bob@example.test> NOTIFY=NEVER");
        assertEquals(new Outcome.ReceiveChunk(3, true), session.on(new Line.Text("BDAT 3 LAST")));
        var submit = assertInstanceOf(Outcome.Submit.class, session.received(message()));
        Transaction transaction = submit.submission().transaction();
        assertEquals(Optional.of(NOW.plusSeconds(60)), transaction.holdUntil());
        assertEquals(
                "NOTIFY=NEVER", transaction.recipients().getFirst().parameters().text());
    }

    @Test
    void aChunkBeyondBoundsIsNotReadPast() {
        Session session = session(ReplyStyle.EXCHANGE, false, true, Optional.empty());
        said(session, "EHLO client.example");
        var discard = assertInstanceOf(Outcome.Discard.class, session.on(new Line.Text("BDAT 2000")));
        assertEquals(new Outcome.Discard(2000, new Outcome.Say(Replies.AUTH_REQUIRED)), discard);
        assertEquals(new Outcome.Close(Replies.AUTH_REQUIRED), session.on(new Line.Text("BDAT 2001")));
    }

    private Reply mail(String parameter) {
        Session session = signedIn(session(ReplyStyle.EXCHANGE, false, true, Optional.empty()));
        return said(session, "MAIL FROM:<alice@example.test> " + parameter);
    }

    private static Session signedIn(Session session) {
        said(session, "EHLO client.example");
        session.on(new Line.Text("AUTH PLAIN AGFsaWNlAHg="));
        said(session.authenticated(new Authentication.Granted("alice")));
        return session;
    }

    private static Content message() {
        return new Content.Message(StoredMessage.of(new byte[] {'x', '\r', '\n'}));
    }

    @Test
    void anAnswerThatClosesCloses() {
        Session session = session(ReplyStyle.EXCHANGE, false, true, Optional.empty());
        Reply reply = Replies.refused("Control character in the header");
        assertEquals(new Outcome.Close(reply), session.answered(new Answer(reply, true)));
    }

    private static Reply said(Session session, String line) {
        return said(session.on(new Line.Text(line)));
    }

    private static Reply said(Outcome outcome) {
        return assertInstanceOf(Outcome.Say.class, outcome).reply();
    }

    private static Session session(
            ReplyStyle style, boolean tlsOffered, boolean plaintextAuth, Optional<SecureChannel> tls) {
        var settings = new SessionSettings(
                "mail.example.test",
                style,
                tlsOffered,
                plaintextAuth,
                FakeAccounts.MECHANISMS,
                1000,
                10,
                3,
                20,
                100,
                Duration.ofDays(1),
                () -> NOW,
                TestQuota.unlimited());
        return new Session(settings, InetAddress.getLoopbackAddress(), tls);
    }
}
