package io.scopegate.server.pipeline;

import io.scopegate.server.admission.AgeBudget;
import io.scopegate.server.admission.ClockOffset;
import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.infer.FaultLog;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the frames of one stream are within its age budget, by what is known of the client's clock. Any
 * thread.
 */
final class FrameAges {

    private static final FaultLog UNTOLD = FaultLog.of(FrameAges.class, "failed to determine the age of a frame");
    private static final Failed NO_AGE = new Failed(Reason.INTERNAL, "the age of the frame could not be determined");

    private final AgeBudget budget;
    private final ClockOffset clientClock;
    private final ServerClock clock;

    FrameAges(AgeBudget budget, ClockOffset clientClock, ServerClock clock) {
        this.budget = budget;
        this.clientClock = clientClock;
        this.clock = clock;
    }

    /**
     * Returns what is wrong with a capture time that lies too far ahead of the frame's arrival, or null if nothing is.
     */
    @Nullable
    Rejected ahead(FrameHeader frame) {
        try {
            return budget.ahead(frame, clientClock);
        } catch (RuntimeException e) {
            // Its age cannot be determined later either, and then the frame fails.
            return null;
        }
    }

    /** A verdict that comes too late is replaced; a failure stays. Uses the same time as the age in the answer. */
    FrameOutcome inTime(FrameJob job, FrameOutcome outcome, long now) {
        FrameOutcome late = outcome instanceof Classified ? expired(job, now) : null;
        return late == null ? outcome : late;
    }

    /** Returns the outcome of a frame that is too old by now or whose age cannot be determined; null for any other. */
    @Nullable
    FrameOutcome expired(FrameJob job) {
        return expired(job, clock.nanoTime());
    }

    private @Nullable FrameOutcome expired(FrameJob job, long now) {
        try {
            return budget.exceeded(job.header(), clientClock, now);
        } catch (RuntimeException | Error e) {
            UNTOLD.say(e);
            return NO_AGE;
        }
    }
}
