package org.signetmail.directory.ldap;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.database.Migration;
import org.signetmail.directory.ldap.Synchroniser.Request;
import org.signetmail.directory.problem.Refused;

/**
 * Synchronises on schedule, if there is a server: an interval after the last one began, or once it is done. Of several
 * instances the one that comes first does it.
 */
@Singleton
class SynchroniserThread {
    private static final Logger LOG = Logger.getLogger(SynchroniserThread.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Synchroniser synchroniser;
    private final LdapServers servers;
    private final Migration migration;
    private final Duration interval;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("ldap").unstarted(this::run);

    SynchroniserThread(Synchroniser synchroniser, LdapServers servers, Migration migration, DirectoryConfig config) {
        this.synchroniser = synchroniser;
        this.servers = servers;
        this.migration = migration;
        this.interval = config.ldap().interval();
    }

    void start(@Observes StartupEvent started) {
        if (servers.configured()) {
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping.countDown();
        if (thread.isAlive() && !thread.join(STOP_LIMIT)) {
            thread.interrupt();
        }
    }

    private void run() {
        try {
            migration.await();
            long begun;
            do {
                begun = System.nanoTime();
                synchronise();
            } while (!stopping.await(interval.toNanos() - (System.nanoTime() - begun), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.debug("The synchronisation ends", e);
        }
    }

    private void synchronise() {
        try {
            Synchronisation done = synchroniser.run(Request.SCHEDULED);
            LOG.debugf("Synchronisation %s: %s", done.state(), done.report());
        } catch (Refused busy) {
            LOG.debug("Another synchronisation is running", busy);
        } catch (RuntimeException e) {
            LOG.warn("A synchronisation failed; the next one begins where it did", e);
        }
    }
}
