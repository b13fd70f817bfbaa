package org.signetmail.edge.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.jboss.logging.MDC;

/** Something that is done for a message, in this thread, from its beginning to its {@link #close}. */
public final class Step implements AutoCloseable {
    static final String TRACEPARENT = "traceparent";
    private static final String SUBMISSION = "submission";
    private static final String TRACE = "trace";

    private final Span span;
    private final Scope scope;
    private final List<String> fields;

    private Step(Span span, List<String> fields) {
        this.span = span;
        this.scope = span.makeCurrent();
        this.fields = fields;
    }

    static Step first(Span span, String submission) {
        MDC.put(SUBMISSION, submission);
        MDC.put(TRACE, span.getSpanContext().getTraceId());
        return new Step(span, List.of(SUBMISSION, TRACE));
    }

    static Step inner(Span span) {
        return new Step(span, List.of());
    }

    /** What follows from this step refers to it by this (W3C Trace Context, section 3.2). */
    public String traceparent() {
        SpanContext context = span.getSpanContext();
        return "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                + context.getTraceFlags().asHex();
    }

    public void note(String attribute, String value) {
        span.setAttribute(attribute, value);
    }

    public void note(String attribute, long value) {
        span.setAttribute(attribute, value);
    }

    public void failed(String why) {
        span.setStatus(StatusCode.ERROR, why);
    }

    @Override
    public void close() {
        scope.close();
        span.end();
        fields.forEach(MDC::remove);
    }
}
