package org.signetmail.edge;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.signetmail.edge.archive.Archive;
import org.signetmail.edge.archive.Retention;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.protocollog.Rotation;

/** Makes what is plain Java from its configuration. */
class EdgeBeans {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Optional<Archive> archive(EdgeConfig config, EdgeMetrics metrics) {
        EdgeConfig.Archive archive = config.archive();
        var retention = new Retention(
                archive.directory(), archive.keepFor(), archive.maxSize().asLongValue());
        metrics.archive(retention);
        if (!archive.enabled()) {
            return Optional.empty();
        }
        retention.start();
        return Optional.of(new Archive(archive.directory(), archive.shownAs()));
    }

    @Produces
    @Singleton
    ProtocolLog protocolLog(EdgeConfig config) {
        EdgeConfig.ProtocolLog log = config.protocolLog();
        var rotation = new Rotation(log.maxSize().asLongValue(), log.daily(), log.keep());
        return ProtocolLog.open(log.level(), log.file(), rotation);
    }
}
