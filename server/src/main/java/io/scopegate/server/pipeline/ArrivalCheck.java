package io.scopegate.server.pipeline;

import io.scopegate.server.admission.FrameSequence;
import io.scopegate.server.frame.ArrivedFrame;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Failed;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.Reason;
import io.scopegate.server.frame.UnreadableFrame;
import org.jspecify.annotations.Nullable;

/** Whether a frame of one stream may be worked on, as far as can be told when it arrives. Guarded by its stream's lock. */
final class ArrivalCheck {

    private final FrameAges ages;
    private final FrameSequence sequence = new FrameSequence();
    private boolean draining;

    ArrivalCheck(FrameAges ages) {
        this.ages = ages;
    }

    /** From now on frames are turned away, since the server stops. */
    void drain() {
        draining = true;
    }

    /** The outcome of a frame that is at fault, out of order, or too late; null for any other. */
    @Nullable
    FrameOutcome fault(ArrivedFrame frame) {
        // A time that cannot be must not make those after it go back.
        Rejected ahead = ages.ahead(frame.header());
        FrameOutcome fault =
                sequence.next(ahead == null ? frame.header() : frame.header().undated());
        if (fault == null && frame instanceof UnreadableFrame unreadable) {
            fault = unreadable.fault();
        }
        fault = fault == null ? ahead : fault;
        return fault == null && draining ? new Failed(Reason.DRAINING, "the server is stopping") : fault;
    }
}
