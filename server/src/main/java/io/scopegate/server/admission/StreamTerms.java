package io.scopegate.server.admission;

import io.scopegate.bundle.frame.FrameFormat;
import io.scopegate.server.frame.ModelIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What client and server have settled on for one stream.
 *
 * @param deviceId who sends
 * @param format of frames that carry none of their own, if there is one
 * @param policy for frames for which there is no time
 * @param ageBudget how old a frame may be
 * @param model the one that is wanted
 * @param strictThreshold the client's own in-body threshold, if it has one
 * @param room how much the stream may hold
 */
public record StreamTerms(
        String deviceId,
        @Nullable FrameFormat format,
        DeliveryPolicy policy,
        AgeBudget ageBudget,
        ModelSelection model,
        @Nullable Double strictThreshold,
        StreamRoom room) {

    /** The lowest in-body probability that is answered in body: the stricter of the model's and the client's. */
    public double threshold(ModelIdentity served) {
        return strictThreshold == null ? served.inBodyThreshold() : Math.max(strictThreshold, served.inBodyThreshold());
    }

    /** How many frames may be unanswered at once. */
    public int credits() {
        return policy == DeliveryPolicy.BLOCK ? room.frames() : room.unanswered();
    }
}
