package org.signetmail.edge.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;

/**
 * The parameters of RCPT: what its sender wants to be told about this recipient (RFC 3461 sections 4.1 and 4.2).
 *
 * @param notifyOn in the order of the enum; empty without NOTIFY
 * @param orcpt address type and encoded address as ORCPT has them, in ASCII
 */
public record RcptParameters(Set<Notify> notifyOn, Optional<String> orcpt) {
    public static final RcptParameters NONE = new RcptParameters(Set.of(), Optional.empty());

    public RcptParameters {
        notifyOn = notifyOn.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(notifyOn));
    }

    /** What was read, or the reply that says what is wrong. */
    public sealed interface Result {
        record Read(RcptParameters parameters) implements Result {}

        record Refused(Reply reply) implements Result {}
    }

    /** Reads the words behind the forward-path; each keyword at most once. */
    public static Result read(List<String> words) {
        Optional<List<Parameter>> parameters = Parameter.split(words);
        if (parameters.isEmpty()) {
            return new Result.Refused(Replies.SYNTAX_ERROR);
        }
        Set<Notify> notifyOn = Set.of();
        Optional<String> orcpt = Optional.empty();
        for (Parameter parameter : parameters.get()) {
            boolean wellFormed;
            switch (parameter.keyword()) {
                case "NOTIFY" -> {
                    notifyOn = parameter.value().map(RcptParameters::notifyOn).orElse(Set.of());
                    wellFormed = !notifyOn.isEmpty();
                }
                case "ORCPT" -> {
                    orcpt = parameter.value().flatMap(OriginalRecipient::read);
                    wellFormed = orcpt.isPresent();
                }
                default -> {
                    return new Result.Refused(Replies.PARAMETER_UNKNOWN);
                }
            }
            if (!wellFormed) {
                return new Result.Refused(Replies.SYNTAX_ERROR);
            }
        }
        return new Result.Read(new RcptParameters(notifyOn, orcpt));
    }

    /** As RCPT would have them, without a space in front; empty when there are none. */
    public String text() {
        var words = new ArrayList<String>();
        if (!notifyOn.isEmpty()) {
            words.add("NOTIFY=" + notifyOn.stream().map(Notify::name).collect(Collectors.joining(",")));
        }
        orcpt.ifPresent(address -> words.add("ORCPT=" + address));
        return String.join(" ", words);
    }

    /** Empty when it is malformed. RFC 3461 section 4.1: NEVER stands alone. */
    private static Set<Notify> notifyOn(String value) {
        var events = EnumSet.noneOf(Notify.class);
        for (String name : value.split(",", -1)) {
            Optional<Notify> known = Notify.named(name);
            if (known.isEmpty() || !events.add(known.get())) {
                return Set.of();
            }
        }
        return events.contains(Notify.NEVER) && events.size() > 1 ? Set.of() : events;
    }
}
