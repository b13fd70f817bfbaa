package org.signetmail.edge.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    /**
     * RFC 2034 section 3: each reply has a status code of its class, but for the greeting and the replies to EHLO and HELO;
     * codes are for 2yz, 4yz and 5yz (section 4).
     */
    @Test
    void everyReplyHasAStatusCodeOfItsClass() throws IllegalAccessException {
        var without = new ArrayList<String>();
        for (Field constant : Replies.class.getDeclaredFields()) {
            if (constant.getType() == Reply.class) {
                var reply = (Reply) constant.get(null);
                if (reply.status().isEmpty()) {
                    without.add(constant.getName());
                } else {
                    assertStatusOfItsClass(constant.getName(), reply);
                }
            }
        }
        assertEquals(List.of("START_CONTENT", "HELLO_MALFORMED"), without);
        assertStatusOfItsClass("accepted", Replies.accepted("id"));
        assertStatusOfItsClass("chunkReceived", Replies.chunkReceived(1));
        assertStatusOfItsClass("refused", Replies.refused("Bad"));
        assertStatusOfItsClass("suspended", Replies.suspended("Bad"));
        assertEquals("334 cGFzcw==\r\n", wire(Replies.challenge("cGFzcw=="), ReplyStyle.ENHANCED));
        assertEquals(
                "220 mail.example.test ESMTP Signet\r\n",
                wire(Replies.greeting("mail.example.test"), ReplyStyle.ENHANCED));
        assertEquals(
                "421 Too many connections, try again later\r\n",
                wire(Replies.TOO_MANY_CONNECTIONS.asGreeting(), ReplyStyle.ENHANCED));
        assertEquals("250 mail.example.test\r\n", wire(Replies.helo("mail.example.test"), ReplyStyle.ENHANCED));
    }

    private static void assertStatusOfItsClass(String name, Reply reply) {
        String digit = Integer.toString(reply.code()).substring(0, 1);
        assertTrue(reply.status().matches(digit + "\\.[0-9]{1,3}\\.[0-9]{1,3}"), name + " " + reply);
        for (String line : reply.lines(ReplyStyle.ENHANCED)) {
            assertTrue(line.substring(4).startsWith(reply.status() + " "), line);
        }
    }

    private static String wire(Reply reply, ReplyStyle style) {
        return new String(reply.encode(style), StandardCharsets.US_ASCII);
    }
}
