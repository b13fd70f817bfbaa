package org.signetmail.directory.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.DirectoryMetrics;
import org.signetmail.directory.DirectoryMetrics.Synchronised;
import org.signetmail.directory.LdapConfig;
import org.signetmail.directory.account.AccountStore;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.ldap.EntryStore.Position;
import org.signetmail.directory.ldap.LdapReader.Reading;
import org.signetmail.directory.ldap.Synchronisation.Report;
import org.signetmail.directory.ldap.Synchronisation.State;
import org.signetmail.directory.problem.Refused;

/**
 * One synchronisation: read all of what is to be read, compare, and only then write. An LDAP server that ends in the
 * middle of its answer changes nothing; a write that ends in the middle is made good by the next run, as the cursor
 * moves last.
 */
@Singleton
class Synchroniser {
    // Any number that no other user of this database locks: "LDAP" in ASCII.
    private static final long LOCK = 0x4C444150L;
    private static final Logger LOG = Logger.getLogger(Synchroniser.class);

    /**
     * What is asked for.
     *
     * @param everything reads all entries now; else what changed, and then all if it is time
     * @param confirmed addresses that may be withdrawn whatever the limit says
     */
    record Request(boolean everything, boolean dryRun, Optional<Long> confirmed) {
        static final Request SCHEDULED = new Request(false, false, Optional.empty());
    }

    private final LdapReader reader;
    private final EntryStore entries;
    private final SynchronisationStore record;
    private final AccountStore accounts;
    private final DifferenceWriter writer;
    private final Database database;
    private final DirectoryMetrics metrics;
    private final LdapConfig config;

    Synchroniser(
            LdapReader reader,
            EntryStore entries,
            SynchronisationStore record,
            AccountStore accounts,
            DifferenceWriter writer,
            Database database,
            DirectoryMetrics metrics,
            DirectoryConfig config) {
        this.reader = reader;
        this.entries = entries;
        this.record = record;
        this.accounts = accounts;
        this.writer = writer;
        this.database = database;
        this.metrics = metrics;
        this.config = config.ldap();
    }

    /** @throws Refused when another one is running, on whichever instance */
    Synchronisation run(Request request) {
        return database.exclusively(LOCK, () -> alone(request))
                .orElseThrow(() -> Refused.conflict(null, "A synchronisation is running already"));
    }

    private Synchronisation alone(Request request) {
        boolean sweep = request.everything() || sweepIsDue();
        if (sweep
                && request.equals(Request.SCHEDULED)
                && database.transaction(entries::position).isPresent()) {
            // What changed does not wait until everything was read.
            Synchronisation changes = once(request, false);
            if (changes.state() != State.DONE) {
                return changes;
            }
        }
        return once(request, sweep);
    }

    private boolean sweepIsDue() {
        return database.transaction(entries::position)
                .filter(last -> last.sweptAt().plus(config.sweepInterval()).isAfter(Instant.now()))
                .isEmpty();
    }

    private Synchronisation once(Request request, boolean everything) {
        Instant beganAt = Instant.now();
        Optional<Position> position = database.transaction(entries::position);
        Reading reading;
        try {
            reading = reader.read(position.filter(last -> !everything).map(Position::cursor));
        } catch (LDAPException e) {
            LOG.warnf("The LDAP server could not be read: %s", e.getExceptionMessage());
            String detail = "The LDAP server could not be read: " + e.getResultCode() + ", " + e.getMessage();
            return failed(request, beganAt, Report.failed(detail));
        }
        Difference difference =
                database.snapshot(connection -> Difference.of(connection, entries, accounts, config, reading));
        if (request.dryRun()) {
            return database.transaction(
                    connection -> record.add(connection, State.DRY_RUN, beganAt, difference.report()));
        }
        boolean confirmed = request.confirmed()
                .filter(most -> difference.withdrawn() <= most)
                .isPresent();
        if (difference.withdrawsTooMuch() && !confirmed) {
            metrics.synchronised(Synchronised.HELD);
            LOG.warnf("A synchronisation would withdraw %d addresses: it is held", difference.withdrawn());
            return database.transaction(connection -> record.add(connection, State.HELD, beganAt, difference.report()));
        }
        Instant sweptAt =
                reading.everything() ? beganAt : position.orElseThrow().sweptAt();
        return write(request, difference, new Position(reading.cursor(), sweptAt), beganAt);
    }

    private Synchronisation write(Request request, Difference difference, Position position, Instant beganAt) {
        Report report = difference.report();
        try {
            report = writer.write(difference);
        } catch (RuntimeException e) {
            LOG.warn("A synchronisation could not be written to its end", e);
            return failed(request, beganAt, report.withError("Not all could be written: " + e.getMessage()));
        }
        Report done = report;
        boolean unchanged = difference.isEmpty() && done.grantsGiven() + done.grantsWithdrawn() == 0;
        metrics.synchronised(unchanged ? Synchronised.UNCHANGED : Synchronised.DONE);
        return database.transaction(connection -> {
            entries.moveTo(connection, position);
            return unchanged && request.equals(Request.SCHEDULED)
                    ? new Synchronisation("", State.DONE, beganAt, done)
                    : record.add(connection, State.DONE, beganAt, done);
        });
    }

    private Synchronisation failed(Request request, Instant beganAt, Report report) {
        metrics.synchronised(Synchronised.FAILED);
        State state = request.dryRun() ? State.DRY_RUN : State.FAILED;
        return database.transaction(connection -> record.add(connection, state, beganAt, report));
    }
}
