package org.signetmail.edge.relay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.signetmail.edge.relay.Outcome.Delivered;
import org.signetmail.edge.relay.Outcome.FailedForGood;
import org.signetmail.edge.relay.Outcome.Later;

/**
 * The outcomes of one message, as far as they are known. When a connection breaks, what was answered before stands (LMTP
 * answers each recipient), and the next attempt is for the rest.
 */
final class Answers {
    private final SequencedSet<String> undecided;
    private final Map<String, Outcome> decided = new LinkedHashMap<>();

    Answers(List<String> recipients) {
        undecided = new LinkedHashSet<>(recipients);
    }

    void decide(String recipient, Outcome outcome) {
        if (undecided.remove(recipient)) {
            decided.put(recipient, outcome);
        }
    }

    void decideRest(Outcome outcome) {
        undecided().forEach(recipient -> decide(recipient, outcome));
    }

    boolean complete() {
        return undecided.isEmpty();
    }

    List<String> undecided() {
        return List.copyOf(undecided);
    }

    int delivered() {
        return (int)
                decided.values().stream().filter(Delivered.class::isInstance).count();
    }

    Map<String, Outcome> decided() {
        return Collections.unmodifiableMap(decided);
    }

    Map<String, FailedForGood> failed() {
        var failed = new LinkedHashMap<String, FailedForGood>();
        decided.forEach((recipient, outcome) -> {
            if (outcome instanceof FailedForGood failure) {
                failed.put(recipient, failure);
            }
        });
        return failed;
    }

    List<String> later() {
        var later = new ArrayList<String>();
        decided.forEach((recipient, outcome) -> {
            if (outcome instanceof Later) {
                later.add(recipient);
            }
        });
        return later;
    }

    /** RFC 3463 X.4.7: what would be tried again is too old for it; its last diagnostic stays. */
    void giveUpLater() {
        decided.replaceAll((_, outcome) -> switch (outcome) {
            case Later later -> new FailedForGood("4.4.7", later.diagnostic(), later.remoteMta());
            case Delivered delivered -> delivered;
            case FailedForGood failure -> failure;
        });
    }
}
