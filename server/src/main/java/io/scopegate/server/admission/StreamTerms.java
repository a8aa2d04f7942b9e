package io.scopegate.server.admission;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.server.frame.ModelIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The terms that client and server have agreed on for one stream.
 *
 * @param deviceId identifies the device that sends the frames
 * @param format of frames that carry none of their own; null if the client stated none
 * @param policy for frames that arrive faster than they can be judged
 * @param ageBudget how old a frame may be
 * @param model the model that the client selected
 * @param strictThreshold the client's own in-body threshold; null if it set none
 * @param frameLimits how many frames the stream may hold
 */
public record StreamTerms(
        String deviceId,
        @Nullable FrameFormat format,
        DeliveryPolicy policy,
        AgeBudget ageBudget,
        ModelSelection model,
        @Nullable Double strictThreshold,
        StreamFrameLimits frameLimits) {

    /**
     * Returns the lowest in-body probability that is answered in body: the stricter of the model's and the client's
     * threshold.
     */
    public double threshold(ModelIdentity served) {
        return strictThreshold == null ? served.inBodyThreshold() : Math.max(strictThreshold, served.inBodyThreshold());
    }

    /** Returns how many frames may be unanswered at once. */
    public int credits() {
        return policy == DeliveryPolicy.BLOCK ? frameLimits.frames() : frameLimits.unanswered();
    }
}
