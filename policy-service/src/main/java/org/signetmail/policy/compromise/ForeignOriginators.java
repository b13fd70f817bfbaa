package org.signetmail.policy.compromise;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.signetmail.policy.originator.CanonicalAddress;

/**
 * The distinct foreign addresses that each account tried lately. A mail program that is set wrongly tries one address, or
 * few, again and again; so repetitions count once, and so do what a program makes of one address: subaddresses, and
 * the rewritten addresses of mailing lists and forwarders (VERP, SRS, BATV), which all have {@code =} in their local part.
 */
final class ForeignOriginators {
    private static final int MOST_ACCOUNTS = 100_000;

    private final int threshold;
    private final Duration window;
    private final Clock clock;
    private final Cache<String, Map<String, Instant>> accounts;

    ForeignOriginators(int threshold, Duration window, Clock clock) {
        this.threshold = threshold;
        this.window = window;
        this.clock = clock;
        this.accounts = Caffeine.newBuilder()
                .maximumSize(MOST_ACCOUNTS)
                .expireAfterAccess(window)
                .build();
    }

    /** Whether this is one of so many that the account is suspect. */
    boolean tried(String account, String address) {
        Instant now = clock.instant();
        Map<String, Instant> recent = accounts.asMap().compute(account, (_, known) -> {
            Map<String, Instant> addresses = known == null ? new HashMap<>() : new HashMap<>(known);
            addresses.values().removeIf(at -> at.isBefore(now.minus(window)));
            if (addresses.size() < threshold) {
                addresses.put(shape(address), now);
            }
            return addresses;
        });
        return recent.size() >= threshold;
    }

    void forget(String account) {
        accounts.invalidate(account);
    }

    private static String shape(String address) {
        CanonicalAddress canonical = CanonicalAddress.of(address, _ -> false)
                .orElseGet(() -> new CanonicalAddress(address.toLowerCase(Locale.ROOT), ""));
        String localPart = canonical.localPart();
        if (localPart.indexOf('=') >= 0) {
            return "=@" + canonical.domain();
        }
        int plus = localPart.indexOf('+');
        return (plus > 0 ? localPart.substring(0, plus) : localPart) + "@" + canonical.domain();
    }
}
