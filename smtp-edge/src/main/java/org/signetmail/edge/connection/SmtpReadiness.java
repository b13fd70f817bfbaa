package org.signetmail.edge.connection;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** An edge that drains its sessions takes no new connection; clients had better be sent to another one. */
@Readiness
@ApplicationScoped
class SmtpReadiness implements HealthCheck {
    private final SmtpServer server;

    SmtpReadiness(SmtpServer server) {
        this.server = server;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("listeners take connections")
                .status(server.accepting())
                .build();
    }
}
