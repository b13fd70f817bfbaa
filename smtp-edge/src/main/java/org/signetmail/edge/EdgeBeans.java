package org.signetmail.edge;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.signetmail.edge.archive.Archive;
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
    Optional<Archive> archive(EdgeConfig config) {
        EdgeConfig.Archive archive = config.archive();
        return archive.enabled() ? Optional.of(new Archive(archive.directory())) : Optional.empty();
    }

    @Produces
    @Singleton
    ProtocolLog protocolLog(EdgeConfig config) {
        EdgeConfig.ProtocolLog log = config.protocolLog();
        var rotation = new Rotation(log.maxSize().asLongValue(), log.daily(), log.keep());
        return ProtocolLog.open(log.level(), log.file(), rotation);
    }
}
