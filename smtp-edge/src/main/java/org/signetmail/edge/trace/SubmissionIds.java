package org.signetmail.edge.trace;

import io.opentelemetry.sdk.trace.IdGenerator;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Supplier;

/** Gives the trace of a submission its id: who has the id of an incident has that of its trace, and the other way round. */
@Singleton
class SubmissionIds implements IdGenerator {
    private static final ScopedValue<String> TRACE = ScopedValue.newInstance();

    /** Within it a trace that begins has the submission's id, without its hyphens. */
    static <T> T of(UUID submission, Supplier<T> beginning) {
        return ScopedValue.where(TRACE, trace(submission)).call(beginning::get);
    }

    static String trace(UUID submission) {
        return submission.toString().replace("-", "");
    }

    @Override
    public String generateTraceId() {
        return TRACE.isBound() ? TRACE.get() : IdGenerator.random().generateTraceId();
    }

    @Override
    public String generateSpanId() {
        return IdGenerator.random().generateSpanId();
    }
}
