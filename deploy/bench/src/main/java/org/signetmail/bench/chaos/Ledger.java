package org.signetmail.bench.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.signetmail.bench.chaos.Sent.Answer;

/**
 * The account of every message: what its client read, and what became of it.
 *
 * @param sent by the clients
 * @param deliveries how often each message came to the next hop
 * @param recorded messages with an incident
 * @param reported messages that the account's owner has a report of
 */
record Ledger(List<Sent> sent, Map<String, Integer> deliveries, Set<String> recorded, Set<String> reported) {
    long answered(Answer answer) {
        return count(message -> message.answer() == answer);
    }

    long delivered() {
        return count(this::isDelivered);
    }

    /** Accepted, and never seen again. */
    long lost() {
        return count(message -> message.answer() == Answer.ACCEPTED && !isDelivered(message));
    }

    long twice() {
        return count(message -> times(message) > 1);
    }

    /** Forged, and accepted or delivered. */
    long forgedThrough() {
        return count(message -> message.forged() && (message.answer() == Answer.ACCEPTED || isDelivered(message)));
    }

    /** Honest, and refused for good although it only could not be checked. */
    long honestRefused() {
        return count(message -> !message.forged() && message.answer() == Answer.REFUSED);
    }

    long unrecorded() {
        return count(message -> message.answer() == Answer.REFUSED && !recorded.contains(message.id()));
    }

    long unreported() {
        return count(message -> message.answer() == Answer.REFUSED && !reported.contains(message.id()));
    }

    /** Not answered 250, yet delivered: its client sends it again, and it is there twice. */
    long keptYetDelivered() {
        return count(message ->
                (message.answer() == Answer.DEFERRED || message.answer() == Answer.NONE) && isDelivered(message));
    }

    /** Whether all that is still to come has come. */
    boolean isSettled() {
        return lost() == 0 && unrecorded() == 0 && unreported() == 0;
    }

    /**
     * What must not be, in words; empty when the account is right.
     *
     * @param mayRepeat whether the relay's connection, or what it had not committed, was lost: then it delivers again
     */
    List<String> wrongs(boolean mayRepeat) {
        var wrongs = new ArrayList<String>();
        wrong(wrongs, lost(), "accepted and lost");
        wrong(wrongs, forgedThrough(), "forged and accepted or delivered");
        wrong(wrongs, honestRefused(), "honest and refused");
        wrong(wrongs, unrecorded(), "refused without an incident");
        wrong(wrongs, unreported(), "refused without a report");
        wrong(wrongs, mayRepeat ? 0 : twice(), "delivered twice");
        wrong(wrongs, answered(Answer.ACCEPTED) == 0 ? 1 : 0, "phase without an accepted message");
        return wrongs;
    }

    private static void wrong(List<String> wrongs, long count, String what) {
        if (count > 0) {
            wrongs.add(count + " " + what);
        }
    }

    private long count(Predicate<Sent> those) {
        return sent.stream().filter(those).count();
    }

    private boolean isDelivered(Sent message) {
        return times(message) > 0;
    }

    private int times(Sent message) {
        return deliveries.getOrDefault(message.id(), 0);
    }
}
