package org.signetmail.bench.noop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.signetmail.bench.wire.Wire;

/** Says yes to every command of a submission, and reads content without looking at it. */
final class NoopConversation {
    private final Wire wire;
    private final StringBuilder replies = new StringBuilder();

    NoopConversation(Wire wire) {
        this.wire = wire;
    }

    void run() throws IOException {
        say("220 no-op ready");
        while (answer(wire.readLine())) {
            if (!wire.hasMore()) {
                flush(); // One write for a group of commands, as RFC 2920 section 3.2 wants it.
            }
        }
        flush();
    }

    /** False after QUIT. */
    private boolean answer(String command) throws IOException {
        String verb = command.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO" -> replies.append("250-no-op\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n");
            case "AUTH" -> replies.append("235 Signed in\r\n");
            case "MAIL", "RCPT", "RSET", "NOOP" -> replies.append("250 OK\r\n");
            case "DATA" -> {
                say("354 End with a dot");
                wire.skipContent();
                replies.append("250 Thrown away\r\n");
            }
            case "QUIT" -> replies.append("221 Bye\r\n");
            default -> replies.append("500 Unknown command\r\n");
        }
        return !verb.equals("QUIT");
    }

    private void say(String reply) throws IOException {
        replies.append(reply).append("\r\n");
        flush();
    }

    private void flush() throws IOException {
        wire.write(replies.toString().getBytes(StandardCharsets.US_ASCII));
        replies.setLength(0);
    }
}
