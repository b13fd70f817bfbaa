package org.signetmail.policy.compromise;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.directory.Suspensions;
import org.signetmail.policy.judge.Verdict;
import org.signetmail.policy.judge.Verdict.Accept;
import org.signetmail.policy.judge.Verdict.Defer;
import org.signetmail.policy.judge.Verdict.Overlook;
import org.signetmail.policy.judge.Verdict.Reject;
import org.signetmail.policy.judge.Verdict.Tolerate;
import org.signetmail.policy.operation.PolicyConfig;
import org.signetmail.policy.operation.PolicyMetrics;

/**
 * An account that tries many foreign addresses is somebody else's by now: it is suspended until an administrator or a new
 * password releases it. Only what was refused counts; what mode report or off lets pass does not (decision 43).
 */
@ApplicationScoped
public class CompromiseSignal {
    private static final Logger LOG = Logger.getLogger(CompromiseSignal.class);

    private final PolicyConfig.Suspension config;
    private final Suspensions suspensions;
    private final PolicyMetrics metrics;
    private final ForeignOriginators foreign;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    CompromiseSignal(PolicyConfig config, Suspensions suspensions, PolicyMetrics metrics) {
        this.config = config.suspension();
        this.suspensions = suspensions;
        this.metrics = metrics;
        this.foreign = new ForeignOriginators(this.config.addresses(), this.config.window(), Clock.systemUTC());
    }

    /** Takes note of a verdict; the verdict waits for nothing. */
    public void judged(String account, Verdict verdict) {
        switch (verdict) {
            case Reject reject -> refused(account, reject.violation());
            case Accept _, Tolerate _, Overlook _, Defer _ -> {}
        }
    }

    private void refused(String account, Violation violation) {
        switch (violation.reason()) {
            case ENVELOPE, FROM, SENDER, RESENT ->
                violation
                        .address()
                        .filter(address -> config.addresses() > 0 && foreign.tried(account, address))
                        .filter(_ -> underWay.add(account))
                        .ifPresent(_ -> Thread.ofVirtual()
                                .name("suspension of " + account)
                                .start(() -> suspend(account)));
            case DISPLAY_NAME, FORM, SUSPENDED -> {}
        }
    }

    private void suspend(String account) {
        try {
            String reason = "It tried %d sender addresses that are not its own within %d minutes"
                    .formatted(config.addresses(), config.window().toMinutes());
            boolean suspended = suspensions.suspend(account, reason);
            metrics.suspension(suspended);
            if (suspended) {
                LOG.warnf("Account %s is suspended. %s", account, reason);
                foreign.forget(account);
            } // else the next foreign address tries again
        } finally {
            underWay.remove(account);
        }
    }
}
