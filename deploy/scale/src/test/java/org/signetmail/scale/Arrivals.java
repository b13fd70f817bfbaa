package org.signetmail.scale;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What has arrived at the next hop. A message may arrive twice (at least once, from 250 on); a notice may be made only once:
 * two of one refusal have two Message-IDs.
 */
final class Arrivals {
    static final String READER = "reader@example.test";
    private static final String ADMINISTRATOR = "postmaster@example.test";
    private static final Pattern SUBJECT = Pattern.compile("(?m)^\\s*Subject: ((?:honest|forged)-[a-z0-9-]+)\\s*$");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?mi)^Message-ID: (\\S+)$");

    /** Subjects of the mail that was accepted from clients. */
    private final Set<String> messages = new HashSet<>();

    /** Message-IDs of the notices about a subject that the owner of the account got, and the administrator. */
    private final Map<String, Set<String>> toOwner = new HashMap<>();

    private final Map<String, Set<String>> toAdministrator = new HashMap<>();

    private final int copies;

    Arrivals(List<NextHop.Mail> mails) {
        for (NextHop.Mail mail : mails) {
            String subject = first(SUBJECT, mail.text());
            switch (mail.recipient()) {
                case READER -> messages.add(subject);
                case ADMINISTRATOR -> add(toAdministrator, subject, mail);
                default -> add(toOwner, subject, mail);
            }
        }
        copies = mails.size() - messages.size() - size(toOwner) - size(toAdministrator);
    }

    private static int size(Map<String, Set<String>> notices) {
        return notices.values().stream().mapToInt(Set::size).sum();
    }

    private static void add(Map<String, Set<String>> notices, String subject, NextHop.Mail mail) {
        notices.computeIfAbsent(subject, _ -> new TreeSet<>()).add(first(MESSAGE_ID, mail.text()));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("No " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    /** Whether every accepted message has arrived, and every refusal was told. */
    boolean hasAll(Set<String> accepted, Set<String> refused) {
        return missing(accepted).isEmpty() && untold(refused).isEmpty();
    }

    /** Of these accepted messages, those that have not arrived. */
    Set<String> missing(Set<String> accepted) {
        return without(accepted, messages);
    }

    /** Of these refusals, those that the account's owner or the administrator has not been told of. */
    Set<String> untold(Set<String> refused) {
        Set<String> untold = without(refused, toOwner.keySet());
        untold.addAll(without(refused, toAdministrator.keySet()));
        return untold;
    }

    /** Refusals that somebody was told of by two notices. */
    Set<String> toldTwice() {
        var twice = new TreeSet<String>();
        for (Map<String, Set<String>> notices : List.of(toOwner, toAdministrator)) {
            notices.forEach((subject, ids) -> {
                if (ids.size() > 1) {
                    twice.add(subject);
                }
            });
        }
        return twice;
    }

    /** How many deliveries were of something that had been delivered before. */
    int copies() {
        return copies;
    }

    private static Set<String> without(Set<String> all, Set<String> found) {
        var missing = new TreeSet<>(all);
        missing.removeAll(found);
        return missing;
    }
}
