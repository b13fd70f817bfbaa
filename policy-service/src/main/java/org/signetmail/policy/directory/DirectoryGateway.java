package org.signetmail.policy.directory;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
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

    public DirectoryGateway(PolicyConfig config, PolicyMetrics metrics) {
        this.config = config;
        var feed = new FeedProgress(Clock.systemUTC());
        this.calls = new DirectoryCalls(
                client(config.directory(), DirectoryClient.class),
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

    static <C> C client(PolicyConfig.Directory directory, Class<C> type) {
        long timeout = directory.timeout().toMillis();
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(directory.url())
                .connectTimeout(timeout, TimeUnit.MILLISECONDS)
                .readTimeout(timeout, TimeUnit.MILLISECONDS)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, directory.maxCalls())
                // A status of 400 and above is an answer to look at, not an exception.
                .property("microprofile.rest.client.disable.default.mapper", true)
                .build(type);
    }
}
