package org.signetmail.edge.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.signetmail.edge.connection.TestEdge;

/**
 * What a client may read, worked out from what it sent and without the edge's code: which replies a line can have, where
 * content ends, and what must have come before anything is granted. Whatever is not so is an AssertionError.
 */
final class ClientModel {
    static final String PASSWORD = "alice-password";

    private static final Pattern REPLY = Pattern.compile("([2-5][0-9]{2})([ -])([ -~]*)");
    private static final Pattern NO_LINE_END = Pattern.compile("\0|(?<!\r)\n|\r(?=[^\n])");
    private static final Pattern PLAIN_PATH = Pattern.compile("(?i)(?:MAIL FROM|RCPT TO): *<([a-z0-9.@-]*)>.*");
    private static final String END_OF_CONTENT = "\r\n.\r\n";

    /** After these the server reads no command any more. */
    private static final Pattern LAST_WORD = Pattern.compile("221 .*|421 .*|502 Command not implemented"
            + "|554 (?:Bare CR, bare LF or NUL received|Input behind (?:DATA|STARTTLS) before its reply)");

    /** RFC 3030 section 2: the octets behind such a line are content, whatever is answered. */
    private static final Pattern CHUNK =
            Pattern.compile("(?i)BDAT +(?<octets>[0-9]{1,18})(?<last> +LAST)? *\r\n", Pattern.DOTALL);

    private static final long MOST_DISCARDED = 2L * TestEdge.MAX_MESSAGE;

    private static final Set<String> VERBS = Set.of(
            "EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "BDAT", "RSET", "NOOP", "VRFY", "HELP", "QUIT");

    /** A message as the server must have got it. */
    record Sent(Optional<String> mailFrom, int recipients, String content) {}

    /** A chunk of BDAT with its content. */
    private record Chunk(String content, boolean last) {}

    private final StringBuilder unanswered = new StringBuilder();
    private final List<String> exchange = new ArrayList<>();
    private boolean signedIn;
    private boolean greeted;
    private boolean challenged;
    private boolean inContent;
    private Optional<String> chunks = Optional.empty();
    private Optional<Sent> transaction = Optional.empty();
    private long lines;

    /** Lines and messages that were answered. */
    long lines() {
        return lines;
    }

    boolean awaitsContent() {
        return inContent;
    }

    boolean isChallenged() {
        return challenged;
    }

    void sent(String octets) {
        unanswered.append(octets);
    }

    /**
     * Takes what the server said before it wants more, and gives whether it listens still.
     *
     * @param accepted messages that it took over since the last call
     */
    boolean heard(String said, List<Sent> accepted) {
        List<String> replies = replies(said);
        int queued = 0;
        for (String reply : replies) {
            queued += reply.startsWith("250 Queued") ? 1 : 0;
            if (queued > accepted.size()) {
                throw new AssertionError("Accepted what was not handed in: " + reply);
            }
            Optional<Sent> message =
                    reply.startsWith("250 Queued") ? Optional.of(accepted.get(queued - 1)) : Optional.empty();
            if (LAST_WORD.matcher(reply).matches() || endsInNowhere()) {
                require(message.isEmpty(), "Accepted, and hung up: ", reply);
                return false;
            }
            Optional<Chunk> chunk = nextChunk();
            if (chunk.isPresent()) {
                chunkAnswered(chunk.get(), reply, message);
            } else {
                answered(nextLine(reply), reply, message);
            }
        }
        require(queued == accepted.size(), "Taken over without an answer: ", accepted);
        require(nothingIsLeft(), "Left without a reply: ", unanswered);
        return true;
    }

    /** Several lines are one reply, as its last line. */
    private static List<String> replies(String said) {
        var replies = new ArrayList<String>();
        for (String line : said.split("\r\n", -1)) {
            Matcher reply = REPLY.matcher(line);
            if (!line.isEmpty()) {
                require(reply.matches(), "No reply: ", line);
                if (reply.group(2).equals(" ")) {
                    replies.add(line);
                }
            }
        }
        return replies;
    }

    /** Whether a chunk stands there whose end cannot be told, or lies too far away: the server hangs up, whatever it says. */
    private boolean endsInNowhere() {
        if (!awaitsCommand() || !verb(firstLine()).equals("BDAT")) {
            return false;
        }
        Matcher chunk = CHUNK.matcher(unanswered);
        return !chunk.lookingAt() || Long.parseLong(chunk.group("octets")) > MOST_DISCARDED;
    }

    private boolean awaitsCommand() {
        return greeted && !inContent && !challenged;
    }

    private String firstLine() {
        int end = unanswered.indexOf("\r\n");
        return end < 0 ? "" : unanswered.substring(0, end);
    }

    /** The chunk that has its reply now. */
    private Optional<Chunk> nextChunk() {
        Matcher chunk = CHUNK.matcher(unanswered);
        if (!awaitsCommand() || !chunk.lookingAt()) {
            return Optional.empty();
        }
        lines++;
        long end = chunk.end() + Long.parseLong(chunk.group("octets"));
        require(end <= unanswered.length(), "A reply to half a chunk: ", unanswered);
        var next = new Chunk(unanswered.substring(chunk.end(), (int) end), chunk.group("last") != null);
        unanswered.delete(0, (int) end);
        return Optional.of(next);
    }

    private void chunkAnswered(Chunk chunk, String reply, Optional<Sent> accepted) {
        if (reply.startsWith("503") || reply.startsWith("530")) {
            return; // out of order, and read past
        }
        require(reply.charAt(0) != '2' || canSend(), "Takes a chunk of nobody: ", chunk);
        String content = chunks.orElse("") + chunk.content();
        chunks = Optional.of(content);
        if (reply.charAt(0) == '2') {
            require(!NO_LINE_END.matcher(content).find(), "Takes a broken line end: ", chunk);
            require(accepted.isPresent() == chunk.last(), "Taken over too early or not at all: ", chunk);
        }
        if (chunk.last() || reply.charAt(0) != '2') {
            boolean ended = content.isEmpty() || content.endsWith("\r\n");
            accepted.ifPresent(got -> assertSame(ended ? content : content + "\r\n", got));
            forget();
        }
    }

    private void forget() {
        transaction = Optional.empty();
        chunks = Optional.empty();
    }

    /** The line or content that has its reply now; what is behind it stays. */
    private String nextLine(String reply) {
        lines++;
        if (!greeted && reply.startsWith("220 mail.example.test")) {
            greeted = true;
            return "";
        }
        int end = inContent ? ("\r\n" + unanswered).indexOf(END_OF_CONTENT) : unanswered.indexOf("\r\n");
        Matcher broken = NO_LINE_END.matcher(unanswered);
        if (broken.find() && (end < 0 || broken.start() < end)) {
            require(LAST_WORD.matcher(reply).matches(), "Goes on behind a broken line end: ", reply);
            return "";
        }
        if (end < 0) {
            require(LAST_WORD.matcher(reply).matches(), "A reply to nothing: ", reply);
            return "";
        }
        int behind = inContent ? end + END_OF_CONTENT.length() - 2 : end + 2;
        String line = unanswered.substring(0, end); // content with its last line end, which the dot's line shares
        unanswered.delete(0, behind);
        return line;
    }

    private boolean nothingIsLeft() {
        Matcher chunk = CHUNK.matcher(unanswered);
        if (awaitsCommand() && chunk.lookingAt()) {
            return unanswered.length() < chunk.end() + Long.parseLong(chunk.group("octets"));
        }
        boolean whole = inContent ? ("\r\n" + unanswered).contains(END_OF_CONTENT) : unanswered.indexOf("\r\n") >= 0;
        return !whole && !NO_LINE_END.matcher(unanswered).find();
    }

    private void answered(String line, String reply, Optional<Sent> accepted) {
        if (inContent) {
            contentAnswered(line, reply, accepted);
            return;
        }
        require(accepted.isEmpty(), "No content, yet accepted: ", line);
        boolean yes = reply.charAt(0) == '2';
        String verb = challenged ? "" : verb(line);
        if (challenged || verb.equals("AUTH")) {
            exchange.add(line);
        }
        challenged = reply.startsWith("334");
        require(!reply.startsWith("235") || provesIt(), "Signed in without the password: ", exchange);
        require(
                !reply.startsWith("354") || canSend() && chunks.isEmpty() && verb.equals("DATA"),
                "Takes content of nobody: ",
                line);
        if (!challenged) {
            exchange.clear();
        }
        signedIn |= reply.startsWith("235");
        inContent = reply.startsWith("354");
        if (yes && !verb.isEmpty()) {
            granted(verb, line);
        } else {
            require(!yes || line.isEmpty() || reply.startsWith("235"), "Granted to no command: ", line);
        }
    }

    private void granted(String verb, String line) {
        switch (verb) {
            case "EHLO", "HELO", "RSET" -> forget();
            case "STARTTLS" -> {
                forget();
                signedIn = false;
            }
            case "MAIL" -> {
                require(signedIn && transaction.isEmpty(), "MAIL out of order: ", line);
                transaction = Optional.of(new Sent(path(line), 0, ""));
            }
            case "RCPT" -> {
                require(signedIn && transaction.isPresent() && chunks.isEmpty(), "RCPT out of order: ", line);
                Sent open = transaction.orElseThrow();
                transaction = Optional.of(new Sent(open.mailFrom(), open.recipients() + 1, ""));
            }
            default -> require(VERBS.contains(verb), "Granted to no command: ", line);
        }
    }

    private void contentAnswered(String content, String reply, Optional<Sent> accepted) {
        inContent = false;
        if (accepted.isPresent()) {
            require(reply.startsWith("250"), "Taken over, but read ", reply);
            assertSame(unstuffed(content), accepted.get());
        } else {
            require(reply.charAt(0) != '2', "Answered without being taken over: ", reply);
        }
        forget();
    }

    private void assertSame(String content, Sent got) {
        Sent open = transaction.orElseThrow();
        boolean sameSender = open.mailFrom().isEmpty() || open.mailFrom().equals(got.mailFrom());
        require(
                sameSender && open.recipients() == got.recipients() && content.equals(got.content()),
                "Another message than was sent: ",
                new Sent(open.mailFrom(), open.recipients(), content) + " but " + got);
    }

    /** RFC 5321 section 4.5.2; the line end in front of the final dot belongs to the message. */
    private static String unstuffed(String content) {
        return ("\r\n" + content).replace("\r\n.", "\r\n").substring(2);
    }

    private boolean canSend() {
        return signedIn && transaction.isPresent() && transaction.get().recipients() > 0;
    }

    /** Whether some part of the exchange is the password, alone or at the end of what PLAIN has. */
    private boolean provesIt() {
        return exchange.stream()
                .flatMap(line -> List.of(line.split(" ", -1)).stream())
                .map(ClientModel::decoded)
                .anyMatch(text -> text.equals(PASSWORD) || text.endsWith("alice\0" + PASSWORD));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static Optional<String> path(String line) {
        Matcher path = PLAIN_PATH.matcher(line);
        return path.matches() ? Optional.of(path.group(1)) : Optional.empty();
    }

    /** The word by which the server must know what is wanted; empty for what is no command. */
    private static String verb(String line) {
        String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        return VERBS.contains(verb) ? verb : "";
    }

    private static void require(boolean condition, String what, Object found) {
        if (!condition) {
            throw new AssertionError(what + found);
        }
    }
}
