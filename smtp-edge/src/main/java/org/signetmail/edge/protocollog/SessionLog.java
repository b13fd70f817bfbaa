package org.signetmail.edge.protocollog;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.signetmail.edge.content.StoredMessage;

/**
 * What one session writes, in the order of the dialogue. Callers redact; this class does so again: AUTH arguments, answers
 * to a 334 and the challenge itself are never written. Belongs to the thread of its session.
 */
public final class SessionLog {
    private static final String CLIENT = "<<<";
    private static final String SERVER = ">>>";
    private static final String EVENT = "---";
    private static final int MAX_HEADER_OCTETS = 256 * 1024;

    private final Function<Optional<String>, Level> levels;
    private final BiConsumer<String, String> lines;

    /** The next reply decides over an AUTH or a message, and so belongs to every level. */
    private boolean outcomeNext;

    private boolean challenged;

    private Optional<String> account = Optional.empty();

    /**
     * A log whose level may change from line to line.
     *
     * @param levels gives the level of a session by the account that signed in, if one has
     * @param lines takes direction and text of a line, free of control characters
     */
    SessionLog(Function<Optional<String>, Level> levels, BiConsumer<String, String> lines) {
        this.levels = levels;
        this.lines = lines;
    }

    /** Whose session it is from now on; the same as before says nothing. */
    public void account(Optional<String> login) {
        if (!login.equals(account)) {
            account = login;
            login.ifPresent(name -> event("account " + name));
        }
    }

    /** A command without its CRLF. */
    public void client(String line) {
        if (challenged) {
            clientSecret();
            return;
        }
        outcomeNext = LogText.isAuth(line);
        if (level().holds(Level.MEDIUM)) {
            lines.accept(CLIENT, LogText.command(line));
        }
    }

    /** In place of {@link #client} for each line of a SASL exchange behind the AUTH command. */
    public void clientSecret() {
        outcomeNext = true;
        challenged = false;
        write(Level.MEDIUM, CLIENT, LogText.SECRET);
    }

    /** One line of a reply without its CRLF. */
    public void server(String replyLine) {
        challenged = replyLine.startsWith("334");
        if (challenged) {
            write(Level.MEDIUM, SERVER, replyLine.length() > 4 ? "334 " + LogText.SECRET : "334");
            return;
        }
        if (level().holds(outcomeNext ? Level.MINIMUM : Level.MEDIUM)) {
            lines.accept(SERVER, LogText.printable(replyLine));
        }
        boolean moreLinesFollow = replyLine.length() > 3 && replyLine.charAt(3) == '-'; // RFC 5321 4.2.1
        outcomeNext &= moreLinesFollow;
    }

    /** A message that was read whole, before its final reply. */
    public void data(StoredMessage message) {
        outcomeNext = true;
        write(Level.MEDIUM, CLIENT, "(message, " + message.size() + " octets)");
        if (level().holds(Level.MAXIMUM)) {
            header(message.header());
        }
    }

    /** What is neither command nor reply: connection opened, TLS established, connection lost. */
    public void event(String text) {
        if (level().holds(Level.MINIMUM)) {
            lines.accept(EVENT, LogText.printable(text));
        }
    }

    private void header(byte[] message) {
        int start = 0;
        int end = Math.min(message.length, MAX_HEADER_OCTETS);
        for (int i = 0; i + 1 < end; i++) {
            if (message[i] == '\r' && message[i + 1] == '\n') {
                if (i == start) {
                    return;
                }
                lines.accept(CLIENT, LogText.printable(new String(message, start, i - start, StandardCharsets.UTF_8)));
                start = i + 2;
                i++;
            }
        }
    }

    private Level level() {
        return levels.apply(account);
    }

    private void write(Level needed, String direction, String text) {
        if (level().holds(needed)) {
            lines.accept(direction, text);
        }
    }
}
