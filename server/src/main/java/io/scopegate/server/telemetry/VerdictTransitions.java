package io.scopegate.server.telemetry;

import io.scopegate.server.frame.FrameAnswer;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often the verdict of one stream changes. Must be told of its answers in the order of the frames, one at a
 * time.
 */
public final class VerdictTransitions {

    private final FrameMetrics metrics;
    private @Nullable Boolean inBody;

    public VerdictTransitions(FrameMetrics metrics) {
        this.metrics = metrics;
    }

    /** Notes an answer. A superseded frame leaves its stream's verdict as it is. */
    public void answered(String model, FrameAnswer answer) {
        if (answer.outcome() instanceof Superseded) {
            return;
        }
        boolean now = answer.verdict().inBody();
        if (inBody != null && inBody != now) {
            metrics.turned(model, now);
        }
        inBody = now;
    }
}
