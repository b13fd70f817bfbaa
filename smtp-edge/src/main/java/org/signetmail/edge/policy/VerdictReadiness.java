package org.signetmail.edge.policy;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** An edge that cannot read verdicts would answer every message 451; clients had better be sent to another one. */
@Readiness
@ApplicationScoped
class VerdictReadiness implements HealthCheck {
    private final KafkaVerdicts verdicts;

    VerdictReadiness(KafkaVerdicts verdicts) {
        this.verdicts = verdicts;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("verdicts can be read")
                .status(verdicts.ready())
                .build();
    }
}
