package org.signetmail.edge.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class TracesTest {
    private final Kept kept = new Kept();
    private final UUID id = UUID.fromString("0b8f6c1e-5d0a-4d55-9a3c-7f1f2a9f3c01");

    /** Spans that were exported, in the order of their ends. */
    private static final class Kept implements SpanExporter {
        private final List<SpanData> spans = new ArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private Traces traces(double ratio) {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setIdGenerator(new SubmissionIds())
                .setSampler(Sampler.parentBased(new SubmissionSampler(ratio)))
                .addSpanProcessor(SimpleSpanProcessor.create(kept))
                .build();
        return new Traces(OpenTelemetrySdk.builder().setTracerProvider(provider).build());
    }

    @Test
    void theTraceOfASubmissionHasItsId() {
        Traces traces = traces(1);
        try (Step submission = traces.begin(id, Instant.ofEpochSecond(7))) {
            assertTrue(
                    submission.traceparent().matches("00-0b8f6c1e5d0a4d559a3c7f1f2a9f3c01-[0-9a-f]{16}-01"),
                    submission.traceparent());
            try (Step inner = traces.step("inner", SpanKind.PRODUCER)) {
                assertTrue(inner.traceparent().startsWith("00-0b8f6c1e5d0a4d559a3c7f1f2a9f3c01-"));
            }
        }
        SpanData inner = kept.spans.getFirst();
        SpanData submission = kept.spans.getLast();
        assertEquals(submission.getSpanId(), inner.getParentSpanId());
        assertEquals(7_000_000_000L, submission.getStartEpochNanos(), "it began with the client's transaction");
    }

    @Test
    void aRecordIsFollowedAndTheLogHasItsIdsMeanwhile() {
        String traceparent = "00-0b8f6c1e5d0a4d559a3c7f1f2a9f3c01-00f067aa0ba902b7-01";
        try (Step _ = traces(0).follow("relay", Optional.of(traceparent), id.toString())) {
            assertEquals(id.toString(), MDC.get("submission"));
            assertEquals("0b8f6c1e5d0a4d559a3c7f1f2a9f3c01", MDC.get("trace"));
        }
        assertEquals("00f067aa0ba902b7", kept.spans.getFirst().getParentSpanId(), "whoever began decided to record");
        assertEquals(Optional.empty(), Optional.ofNullable(MDC.get("submission")));
    }

    @Test
    void whatIsNotRecordedIsHandedOn() {
        String traceparent = "00-0b8f6c1e5d0a4d559a3c7f1f2a9f3c01-00f067aa0ba902b7-00";
        Traces off = Traces.none();
        try (Step step = off.follow("relay", Optional.of(traceparent), "x");
                Step inner = off.step("deliver", SpanKind.CLIENT)) {
            assertEquals(traceparent, step.traceparent());
            assertEquals(traceparent, inner.traceparent());
        }
        try (Step first = off.begin(id, Instant.EPOCH)) {
            assertTrue(
                    first.traceparent().matches("00-0b8f6c1e5d0a4d559a3c7f1f2a9f3c01-[0-9a-f]{16}-00"),
                    first.traceparent());
        }
        assertEquals(List.of(), kept.spans);
    }

    @Test
    void aShareOfSubmissionsIsRecorded() {
        Traces traces = traces(0.25);
        Stream.generate(UUID::randomUUID)
                .limit(4000)
                .forEach(submission -> traces.begin(submission, Instant.EPOCH).close());
        assertTrue(
                kept.spans.size() > 800 && kept.spans.size() < 1200,
                () -> kept.spans.size() + " of 4000 with the ratio 0.25");
    }
}
