package org.signetmail.policy.operation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.opentelemetry.runtime.config.runtime.OTelRuntimeConfig;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.MDC;

/**
 * What is done for a submission, as a span of the trace that its record names (W3C Trace Context, decision 0073). While
 * nothing is recorded, the trace is handed on as it came.
 */
@Singleton
public class Traces {
    public static final String TRACEPARENT = "traceparent";
    private static final String SUBMISSION = "submission";
    private static final String TRACE = "trace";

    private static final TextMapGetter<Headers> HEADER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Headers headers) {
            return List.of(TRACEPARENT);
        }

        @Override
        public String get(Headers headers, String name) {
            Header header = headers.lastHeader(name);
            return header == null || header.value() == null ? null : new String(header.value(), US_ASCII);
        }
    };

    private final Tracer tracer;

    /** A disabled SDK makes spans nevertheless, with ids of their own, and drops them. */
    Traces(OpenTelemetry openTelemetry, OTelRuntimeConfig config) {
        this.tracer = (config.sdkDisabled() ? OpenTelemetry.noop() : openTelemetry).getTracer("org.signetmail.policy");
    }

    /** A span that this thread is in, and the fields of its log, until it is closed. */
    public record Step(Span span, Scope scope) implements AutoCloseable {
        /** Who was asked, as soon as it is read. */
        public void of(String submission) {
            span.setAttribute("signet.submission.id", submission);
            MDC.put(SUBMISSION, submission);
        }

        public void note(String attribute, String value) {
            span.setAttribute(attribute, value);
        }

        /** What follows from this step refers to it by this; empty where the record was in no trace. */
        public Optional<String> traceparent() {
            SpanContext context = span.getSpanContext();
            return context.isValid()
                    ? Optional.of("00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                            + context.getTraceFlags().asHex())
                    : Optional.empty();
        }

        @Override
        public void close() {
            scope.close();
            span.end();
            MDC.remove(SUBMISSION);
            MDC.remove(TRACE);
        }
    }

    public Step follow(String name, Headers headers) {
        Span span = tracer.spanBuilder(name)
                .setParent(W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADER))
                .setSpanKind(SpanKind.CONSUMER)
                .startSpan();
        MDC.put(TRACE, span.getSpanContext().getTraceId());
        return new Step(span, span.makeCurrent());
    }
}
