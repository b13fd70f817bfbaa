package org.signetmail.edge.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Records a share of the traces, by the first digits of their ids. OpenTelemetry's own sampler goes by the last 64 bits, in
 * which a UUID (RFC 9562) has its variant: with that one a ratio below a half records nothing.
 */
record SubmissionSampler(double ratio) implements Sampler {
    private static final int DIGITS = 8;
    private static final double VALUES = 0x1p32;

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        long first = Long.parseLong(traceId, 0, DIGITS, 16);
        return SamplingResult.create(
                first < ratio * VALUES ? SamplingDecision.RECORD_AND_SAMPLE : SamplingDecision.DROP);
    }

    @Override
    public String getDescription() {
        return "SubmissionSampler{" + ratio + "}";
    }
}
