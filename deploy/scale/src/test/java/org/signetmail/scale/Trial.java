package org.signetmail.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.signetmail.scale.Ledger.Answer;
import org.signetmail.scale.Ledger.Entry;

/** One case: its load, what its clients were answered, and what must be true of it in the end. */
record Trial(Cluster cluster, Ledger ledger, int copiesBefore) {
    static Trial begin(Cluster cluster) {
        return new Trial(cluster, new Ledger(), arrivals(cluster).copies());
    }

    /** Clients that submit until it is closed. */
    Load load() {
        return new Load(cluster.net(), ledger);
    }

    void awaitAnswers(int more) {
        int mark = ledger.mark();
        Waiting.until(
                () -> Ledger.of(ledger.since(mark), Answer.ACCEPTED).size() >= more,
                () -> more + " more accepted: " + Ledger.counts(ledger.since(mark)));
    }

    void awaitAnswered(Answer answer) {
        Waiting.until(
                () -> !Ledger.of(ledger.all(), answer).isEmpty(), () -> answer + " in " + Ledger.counts(ledger.all()));
    }

    /** Waits until each account had a message accepted since the mark. */
    void awaitEveryAccountServed(int mark) {
        Waiting.until(
                () -> accountsServed(mark).size() == Load.ACCOUNTS,
                () -> "every account is served: " + accountsServed(mark) + ", " + Ledger.counts(ledger.since(mark)));
    }

    private Set<String> accountsServed(int mark) {
        return Ledger.of(ledger.since(mark), Answer.ACCEPTED).stream()
                .map(Entry::account)
                .collect(Collectors.toSet());
    }

    /** How many messages an edge accepted since the mark. */
    long acceptedBy(Pod edge, int mark) {
        return Ledger.of(ledger.since(mark), Answer.ACCEPTED).stream()
                .filter(entry -> entry.edge().equals(edge.name()))
                .count();
    }

    /** Whoever read something else than 250 or 554 is excused. */
    void assertOnly(Predicate<Entry> excused) {
        assertEquals(
                List.of(),
                ledger.all().stream()
                        .filter(entry -> entry.answer() != Answer.ACCEPTED && entry.answer() != Answer.REFUSED)
                        .filter(excused.negate())
                        .toList());
    }

    /** What was accepted has arrived, and who had to be told was told once. */
    void assertAllArrived() {
        Set<String> accepted = ledger.subjects(Answer.ACCEPTED);
        Set<String> refused = ledger.subjects(Answer.REFUSED);
        Waiting.until(
                () -> arrivals().hasAll(accepted, refused),
                () -> "missing " + arrivals().missing(accepted) + ", not told of "
                        + arrivals().untold(refused));
        assertEquals(Set.of(), arrivals().toldTwice());
        assertTrue(
                accepted.stream().allMatch(subject -> subject.startsWith("honest")), "a forged message was accepted");
        assertTrue(refused.stream().allMatch(subject -> subject.startsWith("forged")), "an honest message was refused");
    }

    /** Nothing was delivered twice, as nothing died between a delivery and the note that it was done. */
    void assertNoCopies() {
        assertEquals(copiesBefore, arrivals().copies());
    }

    /** The edges were told who their clients are, though all connections come from HAProxy. */
    void assertSeesClients() {
        String received = "from client.example.test ([" + cluster.net().clients() + "]";
        assertEquals(
                List.of(),
                cluster.nextHop().mails().stream()
                        .filter(mail -> mail.recipient().equals(Arrivals.READER))
                        .filter(mail -> !mail.text().contains(received))
                        .toList());
    }

    private Arrivals arrivals() {
        return arrivals(cluster);
    }

    private static Arrivals arrivals(Cluster cluster) {
        return new Arrivals(cluster.nextHop().mails());
    }
}
