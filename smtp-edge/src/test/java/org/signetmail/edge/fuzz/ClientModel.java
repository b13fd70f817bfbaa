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

/**
 * What a client may read, worked out from what it sent and without the edge's code: which replies a line can have, where
 * content ends, and what must have come before anything is granted. Whatever is not so is an AssertionError.
 */
final class ClientModel {
    static final String PASSWORD = "alice-password";

    private static final Pattern REPLY = Pattern.compile("([2-5][0-9]{2})([ -])([ -~]*)");
    private static final Pattern NO_LINE_END = Pattern.compile("\0|(?<!\r)\n|\r(?=[^\n])");
    private static final Pattern PLAIN_PATH = Pattern.compile("(?i)(?:MAIL FROM|RCPT TO): *<([a-z0-9.@-]*)>.*");
    /** RFC 3030 section 2; a chunk that is longer is none that is sent here. */
    private static final Pattern BDAT =
            Pattern.compile("(?i)BDAT [\\s\\x1C-\\x1F]*([0-9]{1,4})(?: +LAST)?[\\s\\x1C-\\x1F]*");

    private static final String END_OF_CONTENT = "\r\n.\r\n";

    /** After these the server reads no command any more. */
    private static final Pattern LAST_WORD = Pattern.compile("221 .*|421 .*|502 Command not implemented"
            + "|554 (?:Bare CR, bare LF or NUL received|Input behind (?:DATA|STARTTLS) before its reply)");

    private static final Set<String> VERBS = Set.of(
            "EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "BDAT", "RSET", "NOOP", "VRFY", "HELP", "QUIT");

    /** A message as the server must have got it. */
    record Sent(Optional<String> mailFrom, int recipients, String content) {}

    /** A line and its chunk, or content, and where in what was sent it ends. */
    private record Unit(String line, String chunk, int behind) {
        private static final Unit NOTHING = new Unit("", "", 0);
        private static final Unit HALF_A_CHUNK = new Unit("BDAT", "", 0);

        private boolean hasChunk() {
            return BDAT.matcher(line).matches();
        }
    }

    private final StringBuilder unanswered = new StringBuilder();
    private final StringBuilder chunks = new StringBuilder();
    private final List<String> exchange = new ArrayList<>();
    private boolean signedIn;
    private boolean greeted;
    private boolean challenged;
    private boolean inContent;
    private boolean chunking;
    private Optional<Sent> transaction = Optional.empty();
    private long lines;

    /** Lines and messages that were answered. */
    long lines() {
        return lines;
    }

    boolean awaitsContent() {
        return inContent;
    }

    /** Whether BDAT is offered. */
    boolean offersChunking() {
        return chunking;
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
            Unit unit = nextUnit(reply);
            queued += reply.startsWith("250 Queued") ? 1 : 0;
            if (queued > accepted.size()) {
                throw new AssertionError("Accepted what was not handed in: " + reply);
            }
            answered(
                    unit,
                    reply,
                    reply.startsWith("250 Queued") ? Optional.of(accepted.get(queued - 1)) : Optional.empty());
            chunking |= said.contains("CHUNKING");
            if (LAST_WORD.matcher(reply).matches() || losesItsPlace(unit, reply)) {
                return false;
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

    /** What has its reply now: a line with the chunk behind it, or content. What is behind it stays. */
    private Unit nextUnit(String reply) {
        lines++;
        if (!greeted && reply.startsWith("220 mail.example.test")) {
            greeted = true;
            return Unit.NOTHING;
        }
        Optional<Unit> unit = wholeUnit();
        Matcher broken = NO_LINE_END.matcher(unanswered);
        boolean isBroken = unit.filter(Unit::hasChunk).isEmpty()
                && broken.find()
                && broken.start() < unit.map(Unit::behind).orElse(Integer.MAX_VALUE);
        if (isBroken || unit.isEmpty()) {
            boolean chunk = verb(unanswered.toString()).equals("BDAT") && !inContent;
            require(chunk || LAST_WORD.matcher(reply).matches(), "Goes on behind a broken line end: ", reply);
            return chunk ? Unit.HALF_A_CHUNK : Unit.NOTHING;
        }
        unanswered.delete(0, unit.get().behind());
        return unit.get();
    }

    /** The first that was sent whole, if any was. */
    private Optional<Unit> wholeUnit() {
        if (inContent) { // its last line end belongs to it, and to the line of the dot
            int end = ("\r\n" + unanswered).indexOf(END_OF_CONTENT);
            return end < 0
                    ? Optional.empty()
                    : Optional.of(new Unit(unanswered.substring(0, end), "", end + END_OF_CONTENT.length() - 2));
        }
        int end = unanswered.indexOf("\r\n");
        if (end < 0) {
            return Optional.empty();
        }
        String line = unanswered.substring(0, end);
        Matcher bdat = BDAT.matcher(line);
        int behind = end + 2 + (!challenged && bdat.matches() ? Integer.parseInt(bdat.group(1)) : 0);
        return behind > unanswered.length()
                ? Optional.empty()
                : Optional.of(new Unit(line, unanswered.substring(end + 2, behind), behind));
    }

    private boolean nothingIsLeft() {
        return wholeUnit().isEmpty()
                && (verb(unanswered.toString()).equals("BDAT")
                        || !NO_LINE_END.matcher(unanswered).find());
    }

    /** Whether the server may have hung up with a reply that does not say so: it cannot tell where a chunk ends. */
    private static boolean losesItsPlace(Unit unit, String reply) {
        return unit.line().toUpperCase(Locale.ROOT).startsWith("BDAT") && reply.charAt(0) != '2';
    }

    private void answered(Unit unit, String reply, Optional<Sent> accepted) {
        String line = unit.line();
        if (inContent) {
            contentAnswered(unstuffed(line), reply, accepted);
            return;
        }
        boolean yes = reply.charAt(0) == '2';
        String verb = challenged ? "" : verb(line);
        require(accepted.isEmpty() || verb.equals("BDAT"), "No content, yet accepted: ", line);
        if (challenged || verb.equals("AUTH")) {
            exchange.add(line);
        }
        challenged = reply.startsWith("334");
        require(!reply.startsWith("235") || provesIt(), "Signed in without the password: ", exchange);
        boolean data = canSend() && verb.equals("DATA") && chunks.isEmpty();
        require(!reply.startsWith("354") || data, "Takes content of nobody: ", line);
        if (!challenged) {
            exchange.clear();
        }
        signedIn |= reply.startsWith("235");
        inContent = reply.startsWith("354");
        if (yes && verb.equals("BDAT")) {
            chunkAnswered(unit, reply, accepted);
        } else if (yes && !verb.isEmpty()) {
            granted(verb, line);
        } else {
            require(!yes || unit.equals(Unit.NOTHING) || reply.startsWith("235"), "Granted to no command: ", line);
        }
    }

    private void chunkAnswered(Unit unit, String reply, Optional<Sent> accepted) {
        require(canSend(), "A chunk of nobody: ", unit.line());
        chunks.append(unit.chunk());
        if (unit.line().toUpperCase(Locale.ROOT).stripTrailing().endsWith(" LAST")) {
            require(!NO_LINE_END.matcher(chunks).find(), "A broken line end was accepted: ", chunks);
            boolean whole = chunks.isEmpty() || chunks.toString().endsWith("\r\n");
            contentAnswered(whole ? chunks.toString() : chunks + "\r\n", reply, accepted); // it goes on by DATA
        } else {
            require(accepted.isEmpty(), "Accepted before its last chunk: ", unit.line());
        }
    }

    private void granted(String verb, String line) {
        switch (verb) {
            case "EHLO", "HELO", "RSET" -> endTransaction();
            case "STARTTLS" -> {
                endTransaction();
                signedIn = false;
            }
            case "MAIL" -> {
                require(signedIn && transaction.isEmpty(), "MAIL out of order: ", line);
                transaction = Optional.of(new Sent(path(line), 0, ""));
            }
            case "RCPT" -> {
                require(signedIn && transaction.isPresent(), "RCPT out of order: ", line);
                Sent open = transaction.orElseThrow();
                transaction = Optional.of(new Sent(open.mailFrom(), open.recipients() + 1, ""));
            }
            default -> require(VERBS.contains(verb), "Granted to no command: ", line);
        }
    }

    private void contentAnswered(String content, String reply, Optional<Sent> accepted) {
        Sent open = transaction.orElseThrow();
        endTransaction();
        inContent = false;
        if (accepted.isPresent()) {
            require(reply.startsWith("250"), "Taken over, but read ", reply);
            Sent got = accepted.get();
            boolean sameSender = open.mailFrom().isEmpty() || open.mailFrom().equals(got.mailFrom());
            require(
                    sameSender && open.recipients() == got.recipients() && content.equals(got.content()),
                    "Another message than was sent: ",
                    open + " " + content + " but " + got);
        } else {
            require(reply.charAt(0) != '2', "Answered without being taken over: ", reply);
        }
    }

    private void endTransaction() {
        transaction = Optional.empty();
        chunks.setLength(0);
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
