package io.scopegate.server.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.frame.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Traces answered frames. A sampled frame gets a span from its arrival to its answer, with one span inside for each
 * stage that it went through. Spans are made from times that are measured anyway, after the answer is on its way, so
 * that no frame waits for tracing or fails because of it. Any thread.
 */
public final class FrameTraces {

    private static final Logger LOG = Logger.getLogger(FrameTraces.class);

    private final Tracer tracer;
    private final ServerClock clock;
    private final AtomicBoolean failing = new AtomicBoolean();

    public FrameTraces(Tracer tracer, ServerClock clock) {
        this.tracer = tracer;
        this.clock = clock;
    }

    /** Traces an answered frame, if it is sampled. */
    public void answered(FrameAnswer answer) {
        try {
            trace(answer);
        } catch (RuntimeException | Error e) {
            if (!failing.getAndSet(true)) {
                LOG.error("failed to trace a frame; further failures are not logged", e);
            }
        }
    }

    private void trace(FrameAnswer answer) {
        Instant arrived = answer.header().receivedAt();
        Span frame = tracer.spanBuilder("frame")
                .setNoParent()
                .setStartTimestamp(arrived)
                .startSpan();
        if (frame.isRecording()) {
            describe(frame, answer);
            stages(frame, arrived, answer.timings());
            frame.end(arrived.plusNanos(clock.nanoTime() - answer.header().receivedNanos()));
        }
    }

    /** Adds nothing about what the picture shows, and no name that a client has chosen for itself. */
    private static void describe(Span frame, FrameAnswer answer) {
        FrameVerdict verdict = answer.verdict();
        // An unsigned number, for which spans have no type.
        frame.setAttribute(
                "scopegate.frame.id", Long.toUnsignedString(answer.header().id()));
        frame.setAttribute("scopegate.outcome", Labels.outcome(answer.outcome()));
        frame.setAttribute("scopegate.reason", Labels.reason(verdict.reason()));
        frame.setAttribute("scopegate.in_body", verdict.inBody());
        frame.setAttribute("scopegate.in_body.raw", verdict.rawInBody());
        if (answer.outcome() instanceof Classified classified) {
            frame.setAttribute("scopegate.model", classified.model().reference());
            frame.setAttribute("scopegate.batch_size", answer.timings().batchSize());
        }
    }

    /**
     * Adds the stages one after the other, with gaps where the frame waited for the first stage and for the network.
     */
    private void stages(Span frame, Instant arrived, Timings times) {
        Instant decode = after(arrived, times.decodeQueue());
        Instant preprocess = stage(frame, "decode", decode, times.decode());
        Instant prepared = stage(frame, "preprocess", preprocess, times.preprocess());
        Instant infer = after(prepared, times.inferQueue());
        Instant judge = stage(frame, "infer", infer, times.infer());
        stage(frame, "verdict", judge, times.postprocess());
    }

    /**
     * Adds the span of one stage and returns when the stage ended. Adds none and returns null if the frame did not go
     * through this stage or the one before it.
     */
    private @Nullable Instant stage(Span frame, String name, @Nullable Instant start, @Nullable Duration time) {
        Instant end = after(start, time);
        if (start != null && end != null) {
            tracer.spanBuilder(name)
                    .setParent(Context.root().with(frame))
                    .setStartTimestamp(start)
                    .startSpan()
                    .end(end);
        }
        return end;
    }

    private static @Nullable Instant after(@Nullable Instant start, @Nullable Duration time) {
        return start == null || time == null ? null : start.plus(time);
    }
}
