package org.signetmail.edge;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.signetmail.edge.archive.Archive;
import org.signetmail.edge.archive.Retention;
import org.signetmail.edge.content.Budget;
import org.signetmail.edge.content.Storage;
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

    /** @throws IOException when the directory for large messages cannot be had: better no start than a late 452 */
    @Produces
    @Singleton
    Storage storage(EdgeConfig config, EdgeMetrics metrics) throws IOException {
        EdgeConfig.Smtp smtp = config.smtp();
        var memory = new Budget(smtp.memoryBudget()
                .map(MemorySize::asLongValue)
                .orElse(Runtime.getRuntime().maxMemory() / 4));
        var disk = new Budget(smtp.spillBudget().asLongValue());
        metrics.messageOctets(memory, disk);
        var storage = new Storage(
                memory,
                disk,
                Math.toIntExact(smtp.spillAbove().asLongValue()),
                smtp.spillDirectory().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "signet-spill")),
                Math.toIntExact(smtp.maxMessageSize().asLongValue()),
                Math.toIntExact(smtp.maxHeaderSize().asLongValue()),
                smtp.spillTimeout());
        storage.prepare();
        return storage;
    }

    @Produces
    @Singleton
    ProtocolLog protocolLog(EdgeConfig config) {
        EdgeConfig.ProtocolLog log = config.protocolLog();
        var rotation = new Rotation(log.maxSize().asLongValue(), log.daily(), log.keep());
        return ProtocolLog.open(log.level(), log.file(), rotation);
    }
}
