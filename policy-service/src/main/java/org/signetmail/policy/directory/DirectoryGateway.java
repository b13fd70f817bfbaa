package org.signetmail.policy.directory;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.signetmail.policy.operation.PolicyConfig;
import org.signetmail.policy.operation.PolicyMetrics;
import org.signetmail.policy.originator.Lookup;

/** What the rest of the service asks about an account: found, absent or unavailable, within the verdict's limit. */
@ApplicationScoped
public class DirectoryGateway {
    private final PolicyConfig config;
    private final DirectoryCalls calls;
    private final OriginatorCache cache;
    private final ChangeFeed changes;

    DirectoryGateway(PolicyConfig config, DirectoryConnection connection, PolicyMetrics metrics) {
        this.config = config;
        var feed = new FeedProgress(Clock.systemUTC());
        this.calls = new DirectoryCalls(
                (login, authorization) -> connection.originators().originators(login, authorization),
                config.directory().token(),
                config.directory().timeout(),
                config.directory().maxCalls(),
                metrics::directoryCall);
        this.cache = new OriginatorCache(
                calls::originators,
                feed,
                Clock.systemUTC(),
                config.directory().maxStaleness(),
                config.directory().cacheEntries(),
                metrics::cacheLookup);
        this.changes = new ChangeFeed(feed, cache, metrics::feedRecord);
        metrics.cacheEntries(cache::size);
        metrics.feedStaleness(feed::staleness);
    }

    public Lookup find(String account) {
        return cache.find(account, config.verdictLimit());
    }

    /** A call, whatever the cache has; leaves the cache to those who wait for a verdict. */
    public Lookup ask(String account) {
        return calls.originators(account);
    }

    /** Where the records of the change feed go. */
    ChangeFeed changes() {
        return changes;
    }
}
