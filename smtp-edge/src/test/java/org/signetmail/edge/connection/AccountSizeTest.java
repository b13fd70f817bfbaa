package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.edge.auth.AccountLimits;
import org.signetmail.edge.auth.Authentication;

/** An account whose messages may have another size than those of the others. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AccountSizeTest {
    private static final String TOO_BIG = "552 Message size exceeds fixed maximum message size";
    private ServerFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new ServerFixture(SelfSigned.shared(), "max-message-size", "2000");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aSmallerOneIsShownAndKept() throws Exception {
        grant(1000);
        try (TestClient client = fixture.connect().signIn()) {
            assertTrue(offered(client).contains("SIZE 1000\n"));
            assertEquals(TOO_BIG, client.ask("MAIL FROM:<alice@example.test> SIZE=1001"));
            client.envelope();
            client.ask("DATA");
            assertEquals(TOO_BIG, client.ask("From: alice@example.test\r\n\r\n" + "x".repeat(1000) + "\r\n."));
            client.envelope();
            client.send("BDAT 1001 LAST\r\n" + "x".repeat(1001));
            assertEquals(TOO_BIG, client.reply());
            client.envelope();
            client.ask("DATA");
            assertEquals("250 Queued as test", client.ask("From: alice@example.test\r\n\r\nHello.\r\n."));
        }
    }

    @Test
    void aLargerOneToo() throws Exception {
        grant(3000);
        try (TestClient client = fixture.connect().signIn()) {
            assertTrue(offered(client).contains("SIZE 3000\n"));
            assertEquals("250 Ok", client.ask("MAIL FROM:<alice@example.test> SIZE=3000"));
            assertEquals("250 Ok", client.ask("RCPT TO:<bob@example.test>"));
            client.ask("DATA");
            assertEquals(
                    "250 Queued as test", client.ask("From: alice@example.test\r\n\r\n" + "x".repeat(2500) + "\r\n."));
        }
    }

    @Test
    void beforeAuthTheServersOwnIsShown() throws Exception {
        grant(1000);
        try (TestClient client = fixture.connect()) {
            client.reply();
            assertTrue(offered(client).contains("SIZE 2000\n"));
        }
    }

    private void grant(long maxMessageSize) {
        OptionalLong none = OptionalLong.empty();
        var limits = new AccountLimits(none, none, none, none, OptionalLong.of(maxMessageSize), none);
        fixture.authenticator =
                credentials -> new Authentication.Granted(credentials.login(), Optional.empty(), limits);
    }

    private static String offered(TestClient client) throws Exception {
        client.send("EHLO client.example.test\r\n");
        return client.wholeReply();
    }
}
