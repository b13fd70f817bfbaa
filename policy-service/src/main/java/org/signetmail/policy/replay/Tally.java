package org.signetmail.policy.replay;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.explain.ProposedGrant;
import org.signetmail.policy.judge.Mend;
import org.signetmail.policy.originator.Originators;
import org.signetmail.policy.originator.Use;

/** Counts what would be refused, in bounded memory: so many accounts, so many faults of each; beyond that it only counts. */
final class Tally {
    static final int MOST_ACCOUNTS = 10_000;
    static final int MOST_FAULTS = 20;

    private final Map<String, Refused> accounts = new HashMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private long judged;
    private long leftOut;
    private long unjudged;
    private long refused;

    /** What makes two faults of an account the same. */
    private record Key(String reason, String field, Optional<String> address, Optional<String> detail) {}

    private static final class Seen {
        private final boolean mendable;
        private long count;
        private Instant last = Instant.EPOCH;

        private Seen(boolean mendable) {
            this.mendable = mendable;
        }
    }

    private static final class Refused {
        private final Optional<String> primaryAddress;
        private final Map<Key, Seen> faults = new HashMap<>();
        private long count;
        private long more;

        private Refused(Optional<String> primaryAddress) {
            this.primaryAddress = primaryAddress;
        }
    }

    void leftOut() {
        leftOut++;
    }

    void unjudged() {
        unjudged++;
    }

    void accepted() {
        judged++;
    }

    void refused(Originators originators, Mend mend, Instant at) {
        judged++;
        refused++;
        reasons.merge(mend.refusals().getFirst().reason().word(), 1L, Long::sum);
        Refused account = accounts.get(originators.account());
        if (account == null && accounts.size() < MOST_ACCOUNTS) {
            account = new Refused(originators.primaryAddress());
            accounts.put(originators.account(), account);
        }
        if (account != null) {
            account.count++;
            for (Violation violation : mend.refusals()) {
                count(account, violation, mend, at);
            }
        }
    }

    long records() {
        return judged + leftOut + unjudged;
    }

    ReplayReport.Result result(Instant from, Instant until, int listed) {
        List<ReplayReport.Account> top = accounts.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Refused>>comparingLong(entry -> -entry.getValue().count)
                        .thenComparing(Map.Entry::getKey))
                .limit(listed)
                .map(entry -> report(entry.getKey(), entry.getValue()))
                .toList();
        return new ReplayReport.Result(
                true,
                from,
                until,
                judged,
                leftOut,
                unjudged,
                refused,
                reasons,
                top,
                accounts.size() - (long) top.size(),
                refused - top.stream().mapToLong(ReplayReport.Account::refused).sum());
    }

    private static void count(Refused account, Violation violation, Mend mend, Instant at) {
        var key = new Key(violation.reason().word(), violation.field(), violation.address(), violation.detail());
        Seen seen = account.faults.get(key);
        if (seen == null && account.faults.size() == MOST_FAULTS) {
            account.more++;
            return;
        }
        if (seen == null) {
            seen = new Seen(
                    violation.address().filter(mend.addresses()::contains).isPresent());
            account.faults.put(key, seen);
        }
        seen.count++;
        seen.last = at.isAfter(seen.last) ? at : seen.last;
    }

    private static ReplayReport.Account report(String login, Refused account) {
        return new ReplayReport.Account(
                login,
                account.primaryAddress,
                account.count,
                account.faults.entrySet().stream()
                        .map(entry -> fault(login, entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparingLong(ReplayReport.Fault::count)
                                .reversed()
                                .thenComparing(fault -> fault.address().orElse("")))
                        .toList(),
                account.more);
    }

    private static ReplayReport.Fault fault(String login, Key key, Seen seen) {
        return new ReplayReport.Fault(
                key.reason(),
                key.field(),
                key.address(),
                key.detail(),
                seen.count,
                seen.last,
                key.address()
                        .filter(_ -> seen.mendable)
                        .map(address -> new ProposedGrant(login, Use.SEND_AS.word(), address)));
    }
}
