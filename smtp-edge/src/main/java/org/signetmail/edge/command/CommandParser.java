package org.signetmail.edge.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.signetmail.edge.reply.Replies;

/** Reads one command line, RFC 5321 section 4.1.1. Knows syntax, not sequencing. */
public final class CommandParser {
    private static final int DOMAIN_OCTETS = 255; // RFC 5321 section 4.5.3.1.2
    private static final Pattern CHUNK =
            Pattern.compile(" +(?<octets>[0-9]{1,18})(?<last> +LAST)? *", Pattern.CASE_INSENSITIVE);

    private CommandParser() {}

    /**
     * Reads a command.
     *
     * @param line without its CRLF, one char per octet
     */
    public static Command parse(String line) {
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String arguments = space < 0 ? "" : line.substring(space + 1).strip();
        return switch (verb) {
            case "EHLO" -> hello(Verb.EHLO, arguments);
            case "HELO" -> hello(Verb.HELO, arguments);
            case "AUTH" -> auth(arguments);
            case "MAIL" -> mail(arguments);
            case "RCPT" -> rcpt(arguments);
            case "STARTTLS", "DATA", "RSET", "QUIT" -> bare(Verb.valueOf(verb), arguments);
            case "NOOP", "HELP" -> new Command.Plain(Verb.valueOf(verb));
            case "VRFY" ->
                arguments.isEmpty()
                        ? new Command.Malformed(Verb.VRFY, Replies.SYNTAX_ERROR)
                        : new Command.Plain(Verb.VRFY);
            case "EXPN", "TURN", "ETRN" -> new Command.Plain(Verb.NOT_IMPLEMENTED);
            case "BDAT" -> bdat(line.substring(verb.length()));
            default -> new Command.Plain(Verb.UNKNOWN);
        };
    }

    private static Command hello(Verb verb, String domain) {
        boolean printable = domain.chars().allMatch(c -> c > ' ' && c < 127);
        if (domain.isEmpty() || domain.length() > DOMAIN_OCTETS || !printable) {
            return new Command.Malformed(verb, Replies.HELLO_MALFORMED);
        }
        return verb == Verb.EHLO ? new Command.Ehlo(domain) : new Command.Helo(domain);
    }

    private static Command auth(String arguments) {
        List<String> words = words(arguments);
        return switch (words.size()) {
            case 1 -> new Command.Auth(words.getFirst().toUpperCase(Locale.ROOT), Optional.empty());
            case 2 -> new Command.Auth(words.getFirst().toUpperCase(Locale.ROOT), Optional.of(words.getLast()));
            default -> new Command.Malformed(Verb.AUTH, Replies.SYNTAX_ERROR);
        };
    }

    private static Command mail(String arguments) {
        Optional<String> path = afterKeyword(arguments, "FROM:");
        int end = path.map(PathParser::end).orElse(-1);
        if (end < 0) {
            return new Command.Malformed(Verb.MAIL, Replies.SYNTAX_ERROR);
        }
        String text = path.get();
        return switch (MailParameters.read(words(text.substring(end)))) {
            case MailParameters.Result.Refused(var reply) -> new Command.Malformed(Verb.MAIL, reply);
            case MailParameters.Result.Read(var parameters) ->
                switch (PathParser.parse(text.substring(0, end), parameters.smtputf8())) {
                    case PathParser.Result.Refused(var reply) -> new Command.Malformed(Verb.MAIL, reply);
                    case PathParser.Result.Read(Path reversePath) -> new Command.Mail(reversePath, parameters);
                };
        };
    }

    /** Whether a forward-path may need SMTPUTF8 is known from MAIL; UTF-8 is read here and judged by the session. */
    private static Command rcpt(String arguments) {
        Optional<String> path = afterKeyword(arguments, "TO:");
        int end = path.map(PathParser::end).orElse(-1);
        if (end < 0) {
            return new Command.Malformed(Verb.RCPT, Replies.SYNTAX_ERROR);
        }
        Optional<String> parameterText = Utf8.decode(path.get().substring(end)); // RFC 6531 section 3.3: esmtp-value
        if (parameterText.isEmpty()) {
            return new Command.Malformed(Verb.RCPT, Replies.SYNTAX_ERROR);
        }
        return switch (RcptParameters.read(words(parameterText.get()))) {
            case RcptParameters.Result.Refused(var reply) -> new Command.Malformed(Verb.RCPT, reply);
            case RcptParameters.Result.Read(var parameters) ->
                forwardPath(path.get().substring(0, end), parameters);
        };
    }

    private static Command forwardPath(String text, RcptParameters parameters) {
        if (text.equalsIgnoreCase("<postmaster>")) { // RFC 5321 section 4.5.1: the one mailbox without a domain
            return new Command.Rcpt(new Path("postmaster"), parameters);
        }
        return switch (PathParser.parse(text, true)) {
            case PathParser.Result.Refused(var reply) -> new Command.Malformed(Verb.RCPT, reply);
            case PathParser.Result.Read(Path forwardPath) ->
                forwardPath.isNull()
                        ? new Command.Malformed(Verb.RCPT, Replies.SYNTAX_ERROR)
                        : new Command.Rcpt(forwardPath, parameters);
        };
    }

    private static Command bdat(String arguments) {
        Matcher chunk = CHUNK.matcher(arguments);
        return chunk.matches()
                ? new Command.Bdat(Long.parseLong(chunk.group("octets")), chunk.group("last") != null)
                : new Command.Malformed(Verb.BDAT, Replies.SYNTAX_ERROR);
    }

    private static Command bare(Verb verb, String arguments) {
        return arguments.isEmpty() ? new Command.Plain(verb) : new Command.Malformed(verb, Replies.SYNTAX_ERROR);
    }

    /** Mail programs put spaces behind the colon; RFC 5321 section 3.3 tells clients not to, and servers bear it. */
    private static Optional<String> afterKeyword(String arguments, String keyword) {
        return arguments.regionMatches(true, 0, keyword, 0, keyword.length())
                ? Optional.of(arguments.substring(keyword.length()).strip())
                : Optional.empty();
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        for (String word : text.split(" ", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
