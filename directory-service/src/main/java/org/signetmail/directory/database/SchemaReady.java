package org.signetmail.directory.database;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready before the schema is that of this release; Quarkus adds whether the database answers. */
@Readiness
@Singleton
public class SchemaReady implements HealthCheck {
    private final Migration migration;

    public SchemaReady(Migration migration) {
        this.migration = migration;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Database schema")
                .status(migration.isDone())
                .build();
    }
}
