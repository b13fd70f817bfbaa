package org.signetmail.policy.directory;

import java.io.IOException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.signetmail.policy.event.DirectoryChange;
import org.signetmail.policy.event.EventJson;
import org.signetmail.policy.operation.PolicyMetrics.FeedRecord;

/** Applies the records of signet.directory-changes, in their order, to the cache and to how far it may be trusted. */
final class ChangeFeed {
    private static final Logger LOG = Logger.getLogger(ChangeFeed.class);

    private final FeedProgress progress;
    private final OriginatorCache cache;
    private final Consumer<FeedRecord> count;

    ChangeFeed(FeedProgress progress, OriginatorCache cache, Consumer<FeedRecord> count) {
        this.progress = progress;
        this.cache = cache;
        this.count = count;
    }

    /** From here on no record will be missed. What was asked for before may have missed one, and is dropped. */
    void positioned() {
        cache.everythingChanged();
    }

    /** Records may have been missed. */
    void lost() {
        progress.lost();
    }

    void record(byte[] value) {
        try {
            apply(EventJson.read(value, DirectoryChange.class));
        } catch (IOException e) {
            // It may have been a change of any account.
            LOG.warnf("Unreadable record of the change feed; the whole cache is dropped: %s", e.getMessage());
            count.accept(FeedRecord.UNREADABLE);
            cache.everythingChanged();
        }
    }

    private void apply(DirectoryChange change) {
        switch (change.kind()) {
            case ACCOUNT -> {
                count.accept(FeedRecord.ACCOUNT);
                cache.accountChanged(change.account().orElseThrow());
            }
            case DOMAIN -> {
                count.accept(FeedRecord.DOMAIN);
                cache.everythingChanged();
            }
            case GROUP -> {
                count.accept(FeedRecord.GROUP);
                cache.everythingChanged();
            }
            case HEARTBEAT -> {
                count.accept(FeedRecord.HEARTBEAT);
                progress.heartbeat(change.at());
            }
        }
    }
}
