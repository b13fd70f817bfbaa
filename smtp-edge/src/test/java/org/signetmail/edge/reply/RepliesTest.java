package org.signetmail.edge.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replies on the wire; every fixed one is pinned by the dialogue that provokes it. */
class RepliesTest {
    @Test
    void theRefusalOfAForgedOriginatorIsLetterForLetter() {
        assertEquals(
                "554 Originator address does not match authentication credentials\r\n",
                wire(Replies.ORIGINATOR_REFUSED, ReplyStyle.EXCHANGE));
        assertEquals(
                "554 5.7.1 Originator address does not match authentication credentials\r\n",
                wire(Replies.ORIGINATOR_REFUSED, ReplyStyle.ENHANCED));
    }

    /** RFC 5321 section 4.2.1, and RFC 2034 section 4: no status code where the reply is no final word. */
    @Test
    void severalLines() {
        Reply ehlo = Replies.ehlo("mail.example.test", List.of("PIPELINING", "SIZE 1000"));
        String lines = "250-mail.example.test\r\n250-PIPELINING\r\n250 SIZE 1000\r\n";
        assertEquals(lines, wire(ehlo, ReplyStyle.EXCHANGE));
        assertEquals(lines, wire(ehlo, ReplyStyle.ENHANCED));
    }

    @Test
    void aDetailOfSomebodyElseStaysOneLineOfAscii() {
        assertEquals(
                "554 Bad\u003F\u003F250 Queued \u003F\r\n",
                wire(Replies.refused("Bad\r\n250 Queued \u00FC"), ReplyStyle.EXCHANGE));
        assertTrue(
                wire(Replies.suspended("x".repeat(10_000)), ReplyStyle.ENHANCED).length() <= 512);
    }

    private static String wire(Reply reply, ReplyStyle style) {
        return new String(reply.encode(style), StandardCharsets.US_ASCII);
    }
}
