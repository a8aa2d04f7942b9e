package io.scopegate.server.verdict;

import io.scopegate.server.frame.FrameHeader;
import io.scopegate.server.frame.FrameOutcome;
import io.scopegate.server.frame.FrameOutcome.Classified;
import io.scopegate.server.frame.FrameOutcome.Superseded;
import io.scopegate.server.frame.FrameVerdict;
import io.scopegate.server.frame.PictureContent;
import io.scopegate.server.frame.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The verdict of one stream, carried from frame to frame in their order. It begins out of body. In body has to be
 * earned: by the first frames, again after every frame that is not in body, and after a gap. A change of the model
 * changes nothing, and neither does a superseded frame. One thread at a time.
 */
public final class StreamVerdict {

    /** After this long without a judged frame, nobody knows what the camera has seen. */
    private static final Duration LONGEST_GAP = Duration.ofSeconds(2);

    private final VerdictPolicy policy;
    private final FrozenPicture frozen;
    private boolean inBody;
    private int run;
    private long earnedNanos;
    private long lastNanos;

    public StreamVerdict(VerdictPolicy policy) {
        this.policy = policy;
        this.frozen = new FrozenPicture(policy.frozenAfter());
    }

    /**
     * Returns the verdict on the stream's next frame.
     *
     * @param content what the frame's picture shows; null if it was not looked at
     */
    public FrameVerdict next(FrameHeader frame, FrameOutcome outcome, @Nullable PictureContent content) {
        if (outcome instanceof Superseded) {
            // Its picture was not judged and speaks neither for nor against the pictures around it.
            return FrameVerdict.outOfBody(false, outcome.reason());
        }
        if (!(outcome instanceof Classified classified) || content == null) {
            leaveBody();
            return FrameVerdict.outOfBody(false, outcome.reason());
        }
        Reason objection = objection(content);
        boolean raw = classified.inBody() && objection == null;
        if (objection == null && frozen.next(content.digest(), frame.receivedNanos())) {
            objection = Reason.FROZEN_PICTURE;
        }
        if (!raw || objection != null) {
            leaveBody();
            return FrameVerdict.outOfBody(raw, objection == null ? classified.reason() : objection);
        }
        return inBody(frame.receivedNanos(), classified.reason());
    }

    private static @Nullable Reason objection(PictureContent content) {
        return switch (content.kind()) {
            case PICTURE -> null;
            case BLACK -> Reason.BLACK_PICTURE;
            case SINGLE_COLOR -> Reason.SINGLE_COLOR_PICTURE;
        };
    }

    private FrameVerdict inBody(long nanos, Reason reason) {
        long timeNanos = policy.timeToInBody().toNanos();
        if (run > 0 && nanos - lastNanos > Math.max(LONGEST_GAP.toNanos(), timeNanos)) {
            leaveBody();
        }
        // One gap counts for at most half of the required time, so that a pause alone earns nothing.
        earnedNanos = run == 0 ? 0 : earnedNanos + Math.min(nanos - lastNanos, timeNanos / 2);
        lastNanos = nanos;
        run = Math.min(run + 1, Integer.MAX_VALUE - 1);
        inBody |= run >= policy.framesToInBody() && earnedNanos >= timeNanos;
        return inBody ? new FrameVerdict(true, true, reason) : FrameVerdict.outOfBody(true, Reason.SMOOTHING);
    }

    private void leaveBody() {
        inBody = false;
        run = 0;
    }
}
