package org.signetmail.edge.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Configuration of traces, beside Quarkus' own (quarkus.otel). */
@ConfigMapping(prefix = "signet.trace")
public interface TraceConfig {
    /** Share of messages whose trace is recorded, 0 to 1, when quarkus.otel.sdk.disabled is false. */
    @WithDefault("0.05")
    double ratio();
}
