package org.signetmail.notifier.metrics;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.opentelemetry.runtime.config.runtime.OTelRuntimeConfig;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was done for a submission, as spans of the trace that its records name (W3C Trace Context, decision 0073). The mails that
 * follow are in the same trace.
 */
@Singleton
public class Traces {
    private static final String TRACEPARENT = "traceparent";

    private static final TextMapGetter<Optional<String>> HEADER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Optional<String> traceparent) {
            return List.of(TRACEPARENT);
        }

        @Override
        public String get(Optional<String> traceparent, String name) {
            return name.equals(TRACEPARENT) ? traceparent.orElse(null) : null;
        }
    };

    private final Tracer tracer;

    /** A disabled SDK makes spans nevertheless, with ids of their own, and drops them. */
    Traces(OpenTelemetry openTelemetry, OTelRuntimeConfig config) {
        this.tracer =
                (config.sdkDisabled() ? OpenTelemetry.noop() : openTelemetry).getTracer("org.signetmail.notifier");
    }

    /** Something that ends now. Many submissions share a transaction, so each is noted after it. */
    public void done(String name, Optional<String> traceparent, String submission, Instant since) {
        tracer.spanBuilder(name)
                .setParent(W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, HEADER))
                .setSpanKind(SpanKind.CONSUMER)
                .setStartTimestamp(since)
                .setAttribute("signet.submission.id", submission)
                .startSpan()
                .end();
    }
}
