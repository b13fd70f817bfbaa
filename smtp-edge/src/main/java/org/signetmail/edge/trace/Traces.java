package org.signetmail.edge.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.quarkus.opentelemetry.runtime.config.runtime.OTelRuntimeConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The steps of a message in this service, as spans of one trace (W3C Trace Context, decision 0073). While nothing is
 * recorded, what came in is handed on. The ids of the message stand in the fields of the log as long as its step lasts.
 */
@Singleton
public class Traces {
    private static final String SUBMISSION = "signet.submission.id";

    private final Tracer tracer;

    /** A disabled SDK makes spans nevertheless, with ids of their own, and drops them. */
    @Inject
    Traces(OpenTelemetry openTelemetry, OTelRuntimeConfig config) {
        this(config.sdkDisabled() ? OpenTelemetry.noop() : openTelemetry);
    }

    Traces(OpenTelemetry openTelemetry) {
        this.tracer = openTelemetry.getTracer("org.signetmail.edge");
    }

    /** Of which none is recorded. */
    public static Traces none() {
        return new Traces(OpenTelemetry.noop());
    }

    @Produces
    @Singleton
    static Sampler sampler(TraceConfig config) {
        return Sampler.parentBased(new SubmissionSampler(config.ratio()));
    }

    /**
     * The first step of a message; the trace has the id of the submission.
     *
     * @param since when its client began it
     */
    public Step begin(UUID submission, Instant since) {
        SpanBuilder builder = tracer.spanBuilder("submission")
                .setNoParent()
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(since)
                .setAttribute(SUBMISSION, submission.toString());
        Span span = SubmissionIds.of(submission, builder::startSpan);
        return Step.first(span.getSpanContext().isValid() ? span : unrecorded(submission), submission.toString());
    }

    /** So that all that follows is in one trace, should somebody else record it. */
    private static Span unrecorded(UUID submission) {
        return Span.wrap(SpanContext.create(
                SubmissionIds.trace(submission),
                IdGenerator.random().generateSpanId(),
                TraceFlags.getDefault(),
                TraceState.getDefault()));
    }

    /** The first step that another service's, or an earlier one of ours, led to by way of Kafka. */
    public Step follow(String name, Optional<String> traceparent, String submission) {
        SpanBuilder builder = tracer.spanBuilder(name)
                .setParent(W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, HEADER))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(SUBMISSION, submission);
        return Step.first(builder.startSpan(), submission);
    }

    /** A step within the one that this thread is in. */
    public Step step(String name, SpanKind kind) {
        return Step.inner(tracer.spanBuilder(name).setSpanKind(kind).startSpan());
    }

    private static final TextMapGetter<Optional<String>> HEADER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Optional<String> traceparent) {
            return List.of(Step.TRACEPARENT);
        }

        @Override
        public String get(Optional<String> traceparent, String name) {
            return name.equals(Step.TRACEPARENT) ? traceparent.orElse(null) : null;
        }
    };
}
