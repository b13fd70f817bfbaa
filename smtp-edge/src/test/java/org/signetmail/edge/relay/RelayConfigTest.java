package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.relay.NextHop.Protocol;
import org.signetmail.edge.relay.RelayConfig.StartTls;

class RelayConfigTest {
    @Test
    void defaults() {
        RelayConfig config = RelayFixture.mapped(Map.of("signet.server-name", "mail.example.test"));
        assertEquals(true, config.enabled());
        assertEquals(List.of(URI.create("smtp://localhost:25")), config.nextHop());
        assertEquals(Map.of(), config.routes());
        assertEquals(Duration.ofMinutes(1), config.setAsideAfter());
        assertEquals(Duration.ofHours(4), config.delayNoticeAfter());
        assertEquals(256 * 1024, config.returnUpTo().asLongValue());
        assertEquals(Optional.empty(), config.dkim().keys());
        assertEquals(Duration.ofSeconds(30), config.dkim().reloadEvery());
        assertEquals(100, config.maxHops());
        assertEquals(StartTls.OPPORTUNISTIC, config.starttls());
        assertEquals(Optional.empty(), config.username());
        assertEquals(Optional.empty(), config.password());
        assertEquals("mail.example.test", config.heloName());
        assertEquals(16, config.concurrency());
        assertEquals(Duration.ofSeconds(30), config.connectTimeout());
        assertEquals(Duration.ofMinutes(5), config.commandTimeout());
        assertEquals(Duration.ofMinutes(10), config.dataTimeout());
        assertEquals(Duration.ofSeconds(30), config.idleTimeout());
        assertEquals(Duration.ofMillis(500), config.backOff());
        assertEquals(Duration.ofSeconds(30), config.backOffLimit());
        List<Duration> delays = List.of(
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Duration.ofHours(1),
                Duration.ofHours(4));
        assertEquals(delays, config.retryDelays());
        assertEquals(Duration.ofDays(5), config.giveUpAfter());
        assertEquals(100_000, config.rememberedIds());
        assertEquals(Duration.ofHours(1), config.incompleteAfter());
        assertEquals(Duration.ofSeconds(20), config.drainWithin());
    }

    @Test
    void theNextHopIsAUri() {
        assertEquals(new NextHop(Protocol.SMTP, "a.test", 2525), NextHop.of(URI.create("smtp://a.test:2525")));
        assertEquals(new NextHop(Protocol.LMTP, "a.test", 24), NextHop.of(URI.create("lmtp://a.test")));
        assertEquals(new NextHop(Protocol.SMTPS, "a.test", 465), NextHop.of(URI.create("smtps://a.test")));
        assertEquals(
                new NextHop(Protocol.SMTP, "a.test", 25, 10, 3),
                NextHop.of(URI.create("smtp://a.test?weight=3&priority=10")));
        assertThrows(IllegalArgumentException.class, () -> NextHop.of(URI.create("smtp://a.test?weight=many")));
        assertThrows(IllegalArgumentException.class, () -> NextHop.of(URI.create("smtp://a.test?colour=3")));
        assertThrows(IllegalArgumentException.class, () -> NextHop.of(URI.create("http://a.test")));
        assertThrows(IllegalArgumentException.class, () -> NextHop.of(URI.create("a.test:25")));
    }
}
