package org.signetmail.edge.command;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;

/**
 * The parameters of MAIL, RFC 5321 section 4.1.1.11.
 *
 * @param size octets announced by SIZE (RFC 1870), -1 without
 * @param smtputf8 whether the message is internationalized (RFC 6531)
 */
public record MailParameters(long size, boolean smtputf8) {
    public static final MailParameters NONE = new MailParameters(-1, false);
    private static final int SIZE_DIGITS = 20; // RFC 1870 section 4

    /** What was read, or the reply that says what is wrong. */
    public sealed interface Result {
        record Read(MailParameters parameters) implements Result {}

        record Refused(Reply reply) implements Result {}
    }

    /** Reads the words behind the reverse-path; each keyword at most once. */
    static Result read(List<String> words) {
        var seen = new HashSet<String>();
        long size = NONE.size;
        boolean smtputf8 = false;
        for (String word : words) {
            int equals = word.indexOf('=');
            String keyword = (equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT);
            String value = equals < 0 ? "" : word.substring(equals + 1);
            if (!seen.add(keyword)) {
                return new Result.Refused(Replies.SYNTAX_ERROR);
            }
            switch (keyword) {
                case "SIZE" -> {
                    if (!value.matches("[0-9]{1," + SIZE_DIGITS + "}")) {
                        return new Result.Refused(Replies.SYNTAX_ERROR);
                    }
                    size = saturated(value);
                }
                case "BODY" -> { // RFC 6152 section 2: both are relayed as they come
                    if (!value.equalsIgnoreCase("7BIT") && !value.equalsIgnoreCase("8BITMIME")) {
                        return new Result.Refused(Replies.SYNTAX_ERROR);
                    }
                }
                case "SMTPUTF8" -> {
                    if (equals >= 0) { // RFC 6531 section 3.4: it takes no value
                        return new Result.Refused(Replies.SYNTAX_ERROR);
                    }
                    smtputf8 = true;
                }
                case "AUTH" -> {
                    // RFC 4954 section 5: a claim about somebody else's sign-in, which proves nothing here.
                }
                default -> {
                    return new Result.Refused(Replies.PARAMETER_UNKNOWN);
                }
            }
        }
        return new Result.Read(new MailParameters(size, smtputf8));
    }

    private static long saturated(String digits) {
        return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
    }
}
