package org.signetmail.edge.mx;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.signetmail.edge.mx.Dns.Unavailable;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * The MTA-STS policies of domains (RFC 8461), kept for as long as they say: who can suppress an answer now must not thereby
 * take back what was promised.
 */
public final class StsPolicies {
    private static final Logger LOG = Logger.getLogger(StsPolicies.class);
    private static final Pattern RECORD = Pattern.compile("v=STSv1\\s*;(?:.*;)?\\s*id=([A-Za-z0-9]{1,32})\\s*(?:;.*)?");
    private static final int MOST = 10_000;

    private record Kept(String id, StsPolicy policy, Instant until) {}

    private final Dns dns;
    private final StsFetcher fetcher;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MOST;
        }
    };

    public StsPolicies(Dns dns, StsFetcher fetcher, InstantSource clock) {
        this.dns = dns;
        this.fetcher = fetcher;
        this.clock = clock;
    }

    /** The policy that counts for a domain now, if it has one. */
    Optional<StsPolicy> of(String domain) {
        Optional<Kept> known = known(domain);
        Optional<String> id = id(domain);
        boolean current = id.isEmpty() || known.map(Kept::id).equals(id);
        if (!current) {
            try {
                Optional<StsPolicy> policy = StsPolicy.parse(fetcher.fetch(domain));
                if (policy.isPresent()) {
                    keep(
                            domain,
                            new Kept(
                                    id.get(),
                                    policy.get(),
                                    clock.instant().plus(policy.get().maxAge())));
                    return policy;
                }
                LOG.warnf("%s has an MTA-STS policy that cannot be read", domain);
            } catch (IOException e) {
                LOG.warnf("%s has an MTA-STS policy that cannot be had: %s", domain, e);
            }
        }
        return known.map(Kept::policy);
    }

    private Optional<Kept> known(String domain) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(domain))
                    .filter(policy -> clock.instant().isBefore(policy.until()));
        }
    }

    private void keep(String domain, Kept policy) {
        synchronized (kept) {
            kept.put(domain, policy);
        }
    }

    /** RFC 8461 3.1: with more than one record, or none, there is no policy to look for. */
    private Optional<String> id(String domain) {
        try {
            List<Matcher> records = dns.ask("_mta-sts." + domain, Type.TXT).of(TXTRecord.class).stream()
                    .map(record -> String.join("", record.getStrings()))
                    .filter(text -> text.startsWith("v=STSv1"))
                    .map(RECORD::matcher)
                    .toList();
            return records.size() == 1 && records.getFirst().matches()
                    ? Optional.of(records.getFirst().group(1))
                    : Optional.empty();
        } catch (Unavailable e) {
            LOG.debugf("%s: %s", domain, e.getMessage());
            return Optional.empty();
        }
    }
}
