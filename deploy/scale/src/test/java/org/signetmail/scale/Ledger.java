package org.signetmail.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What clients were answered, in order. */
final class Ledger {
    enum Answer {
        /** 250 to a message: it must arrive. */
        ACCEPTED,
        /** 554 to a forged message: its notices must arrive, each once. */
        REFUSED,
        /** 451, 452 or 421 to a message: the client keeps it. */
        DEFERRED,
        /** The connection ended between MAIL and the final reply. */
        BROKEN,
        /** 454 to AUTH. */
        NOT_SIGNED_IN,
        /** 421, or the end of the connection, between two messages. */
        SENT_AWAY,
        /** No connection, or no greeting. */
        NOT_SERVED
    }

    record Entry(Answer answer, String edge, String account, String subject, String words) {}

    private final List<Entry> entries = new ArrayList<>();

    synchronized void add(Entry entry) {
        entries.add(entry);
    }

    synchronized List<Entry> all() {
        return List.copyOf(entries);
    }

    /** Entries from the given number of them on. */
    synchronized List<Entry> since(int mark) {
        return List.copyOf(entries.subList(mark, entries.size()));
    }

    synchronized int mark() {
        return entries.size();
    }

    static List<Entry> of(List<Entry> entries, Answer... answers) {
        return entries.stream()
                .filter(entry -> List.of(answers).contains(entry.answer()))
                .toList();
    }

    Set<String> subjects(Answer answer) {
        return of(all(), answer).stream().map(Entry::subject).collect(Collectors.toSet());
    }

    /** How often each answer was given. */
    static Map<Answer, Long> counts(List<Entry> entries) {
        return entries.stream().collect(Collectors.groupingBy(Entry::answer, TreeMap::new, Collectors.counting()));
    }
}
