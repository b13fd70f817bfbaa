package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.edge.auth.AccountLimits;
import org.signetmail.edge.auth.Authentication;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;

/** What a client reads that guesses, comes too often, or sends too much. */
@Timeout(value = 40, unit = TimeUnit.SECONDS)
class AbuseLimitsTest {
    private static final String SIGN_IN = "AUTH PLAIN AGFsaWNlAGFsaWNlLXBhc3N3b3Jk";
    private static final String WRONG = "535 Authentication credentials invalid";
    private static final String CONTENT = "From: alice@example.test\r\n\r\nHi\r\n.\r\n";
    private static final String TIME = "try again after 2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:00Z";
    private static final OptionalLong NONE = OptionalLong.empty();

    private static SelfSigned certificate;

    private ServerFixture fixture;

    @BeforeAll
    static void certificate() throws Exception {
        certificate = SelfSigned.shared();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void start(String... settings) throws IOException {
        fixture = new ServerFixture(certificate, settings);
    }

    @Test
    void anAddressThatGuessesIsRefusedAtConnect() throws Exception {
        start("sign-in.delay", "0S", "sign-in.failures-per-address", "2");
        fixture.authenticator = _ -> new Authentication.Denied();
        try (TestClient client = fixture.connect()) {
            client.reply();
            client.ask("EHLO client.example.test");
            assertEquals(WRONG, client.ask("AUTH PLAIN AGFsaWNlAGE="));
            assertEquals(WRONG, client.ask("AUTH PLAIN AGFsaWNlAGI="));
            fixture.authenticator = credentials -> new Authentication.Granted(credentials.login());
            assertEquals(
                    "421 Too many failed authentications, closing transmission channel",
                    client.ask(SIGN_IN),
                    "the right password comes too late");
        }
        try (TestClient client = fixture.connect();
                TestClient secured = TestClient.connect(fixture.server.port(SmtpServer.Kind.SUBMISSIONS))) {
            assertEquals("421 Too many failed sign-ins from your address, try again in an hour", client.reply());
            assertEquals("", client.reply());
            assertEquals("", secured.reply());
        }
        assertEquals(2, fixture.refused("sign_ins"));
    }

    @Test
    void anAccountHasSoManyConnections() throws Exception {
        start("max-connections-per-account", "1");
        try (TestClient first = fixture.connect().signIn();
                TestClient second = fixture.connect()) {
            second.reply();
            second.ask("EHLO client.example.test");
            assertEquals("421 Too many connections of this account, try again later", second.ask(SIGN_IN));
            assertEquals("", second.reply());
            first.ask("QUIT");
        }
        assertEquals(1, fixture.refused("account"));
        fixture.awaitConnections(0);
        try (TestClient next = fixture.connect().signIn()) {
            assertEquals("250 Ok", next.ask("NOOP"));
        }
    }

    @Test
    void anAccountMayHaveALimitOfItsOwn() throws Exception {
        start("max-connections-per-account", "1");
        limits(new AccountLimits(NONE, NONE, NONE, NONE, NONE, OptionalLong.of(2)));
        try (TestClient first = fixture.connect().signIn();
                TestClient second = fixture.connect().signIn()) {
            assertEquals("250 Ok", first.ask("NOOP"));
            assertEquals("250 Ok", second.ask("NOOP"));
        }
    }

    private void limits(AccountLimits limits) {
        fixture.authenticator =
                credentials -> new Authentication.Granted(credentials.login(), Optional.empty(), limits);
    }

    @Test
    void messagesOverTheRateAre450() throws Exception {
        start("rate.messages-per-day", "100");
        limits(new AccountLimits(OptionalLong.of(2), NONE, NONE, NONE, NONE, NONE));
        try (TestClient client = fixture.connect().signIn()) {
            fixture.intake = _ -> Answer.of(Replies.ORIGINATOR_REFUSED);
            assertEquals("554", submit(client).substring(0, 3), "what is refused does not count");
            fixture.intake = _ -> Answer.of(Replies.accepted("test"));
            assertEquals("250 Queued as test", submit(client));
            assertEquals("250 Queued as test", submit(client));
            assertMatches(
                    "450 Message rate of this account exceeded, " + TIME, client.ask("MAIL FROM:<alice@example.test>"));
        }
        assertEquals(1, fixture.count("rates.exceeded"));
    }

    private static String submit(TestClient client) throws IOException {
        client.envelope().ask("DATA");
        client.send(CONTENT);
        return client.reply();
    }

    @Test
    void recipientsOverTheRateAre452() throws Exception {
        start("rate.recipients-per-hour", "3");
        try (TestClient client = fixture.connect().signIn()) {
            assertEquals("250 Queued as test", submit(client));
            client.envelope();
            assertEquals("250 Ok", client.ask("RCPT TO:<carol@example.test>"));
            assertMatches(
                    "452 Recipient rate of this account exceeded, " + TIME, client.ask("RCPT TO:<dave@example.test>"));
            client.ask("DATA");
            client.send(CONTENT);
            assertEquals("250 Queued as test", client.reply());
        }
    }

    @Test
    void sessionsSideBySideDoNotPassALimitTogether() throws Exception {
        start("rate.messages-per-hour", "1");
        var gate = new Gate();
        fixture.intake = _ -> {
            gate.pass();
            return Answer.of(Replies.accepted("test"));
        };
        try (TestClient first = fixture.connect().signIn().envelope();
                TestClient second = fixture.connect().signIn().envelope()) {
            first.ask("DATA");
            second.ask("DATA");
            first.send(CONTENT);
            gate.awaitReached();
            second.send(CONTENT);
            assertMatches("450 Message rate of this account exceeded, " + TIME, second.reply());
            gate.open();
            assertEquals("250 Queued as test", first.reply());
        }
    }

    private static void assertMatches(String pattern, String reply) {
        assertTrue(reply.matches(pattern), reply);
    }
}
