package io.scopegate.server.pipeline;

import io.scopegate.server.admission.FrameSequence;
import io.scopegate.server.frame.ArrivedFrame;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.UnreadableFrame;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a frame of one stream may be processed, as far as can be told on arrival. Guarded by its stream's
 * lock.
 */
final class ArrivalCheck {

    static final Failed STOPPING = new Failed(Reason.DRAINING, "the server is stopping");

    private final FrameAges ages;
    private final FrameSequence sequence = new FrameSequence();
    private boolean draining;

    ArrivalCheck(FrameAges ages) {
        this.ages = ages;
    }

    /** Turns frames away from now on, because the server is stopping. */
    void drain() {
        draining = true;
    }

    /**
     * Returns the outcome of a frame that is faulty, out of order, dated too far ahead or too late for a stopping
     * server; null for any other.
     */
    @Nullable
    FrameOutcome fault(ArrivedFrame frame) {
        // An impossible capture time is hidden from the sequence: compared with it, later correct times would go
        // backwards.
        Rejected ahead = ages.ahead(frame.header());
        FrameOutcome fault =
                sequence.next(ahead == null ? frame.header() : frame.header().undated());
        if (fault == null && frame instanceof UnreadableFrame unreadable) {
            fault = unreadable.fault();
        }
        fault = fault == null ? ahead : fault;
        return fault == null && draining ? STOPPING : fault;
    }
}
