package org.signetmail.edge.command;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;

/**
 * The parameters of MAIL, RFC 5321 section 4.1.1.11.
 *
 * @param size octets announced by SIZE (RFC 1870), -1 without
 * @param smtputf8 whether the message is internationalized (RFC 6531)
 * @param ret what a delivery report returns of the message (RFC 3461 section 4.3)
 * @param envid the client's name for the transaction, xtext as it was written (RFC 3461 section 4.4)
 * @param requireTls no further hop without verified TLS and REQUIRETLS (RFC 8689 section 2)
 * @param hold not to be delivered yet (RFC 4865)
 */
public record MailParameters(
        long size,
        boolean smtputf8,
        Optional<Ret> ret,
        Optional<String> envid,
        boolean requireTls,
        Optional<Hold> hold) {
    public static final MailParameters NONE =
            new MailParameters(-1, false, Optional.empty(), Optional.empty(), false, Optional.empty());

    private static final Set<String> KEYWORDS =
            Set.of("SIZE", "BODY", "SMTPUTF8", "AUTH", "RET", "ENVID", "REQUIRETLS", "HOLDFOR", "HOLDUNTIL");
    private static final int SIZE_DIGITS = 20; // RFC 1870 section 4
    private static final int ENVID_OCTETS = 100; // RFC 3461 section 4.4

    /** What was read, or the reply that says what is wrong. */
    public sealed interface Result {
        record Read(MailParameters parameters) implements Result {}

        record Refused(Reply reply) implements Result {}
    }

    /** Reads the words behind the reverse-path; each keyword at most once. */
    static Result read(List<String> words) {
        Optional<List<Parameter>> parameters = Parameter.split(words);
        if (parameters.isEmpty()) {
            return new Result.Refused(Replies.SYNTAX_ERROR);
        }
        var reading = new Reading();
        for (Parameter parameter : parameters.get()) {
            if (!KEYWORDS.contains(parameter.keyword())) {
                return new Result.Refused(Replies.PARAMETER_UNKNOWN);
            }
            if (!reading.take(parameter.keyword(), parameter.value())) {
                return new Result.Refused(Replies.SYNTAX_ERROR);
            }
        }
        return new Result.Read(reading.parameters());
    }

    /** What has been read so far. */
    private static final class Reading {
        private long size = NONE.size;
        private boolean smtputf8;
        private Optional<Ret> ret = Optional.empty();
        private Optional<String> envid = Optional.empty();
        private boolean requireTls;
        private Optional<Hold> hold = Optional.empty();

        /** Gives false when the value is not what its keyword asks for. */
        boolean take(String keyword, Optional<String> value) {
            return switch (keyword) {
                case "SIZE" -> size(value.orElse(""));
                case "BODY" -> body(value.orElse(""));
                case "SMTPUTF8" -> { // RFC 6531 section 3.4: it takes no value
                    smtputf8 = true;
                    yield value.isEmpty();
                }
                case "AUTH" -> true; // RFC 4954 section 5: a claim about somebody else, which proves nothing here
                case "RET" -> {
                    ret = value.flatMap(Ret::named);
                    yield ret.isPresent();
                }
                case "ENVID" -> {
                    envid = value.filter(text -> !text.isEmpty() && text.length() <= ENVID_OCTETS)
                            .filter(text -> Xtext.decode(text).isPresent());
                    yield envid.isPresent();
                }
                case "REQUIRETLS" -> { // RFC 8689 section 2: it takes no value
                    requireTls = true;
                    yield value.isEmpty();
                }
                case "HOLDFOR" -> hold(value.flatMap(Hold::interval));
                case "HOLDUNTIL" -> hold(value.flatMap(Hold::instant));
                default -> false;
            };
        }

        private boolean size(String digits) {
            if (!digits.matches("[0-9]{1," + SIZE_DIGITS + "}")) {
                return false;
            }
            BigInteger octets = new BigInteger(digits);
            size = octets.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
            return true;
        }

        /** RFC 6152 section 2: both are relayed as they come. */
        private static boolean body(String type) {
            return Set.of("7BIT", "8BITMIME").contains(type.toUpperCase(Locale.ROOT));
        }

        /** RFC 4865 section 4: one of the two, not both. */
        private boolean hold(Optional<Hold> asked) {
            boolean first = hold.isEmpty();
            hold = asked;
            return first && asked.isPresent();
        }

        MailParameters parameters() {
            return new MailParameters(size, smtputf8, ret, envid, requireTls, hold);
        }
    }
}
