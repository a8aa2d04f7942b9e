package io.scopegate.server.grpc;

import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.StreamFrameLimits;
import io.scopegate.server.verdict.VerdictLimits;
import java.time.Duration;

/**
 * The settings of the classifier service.
 *
 * @param maxMessageBytes the largest message that is accepted
 * @param maxDimension the largest width and height of a frame, in pixels
 * @param maxStreams how many streams and single calls may be open at once
 * @param waitingAnswers how many messages may wait for a slow reader
 * @param defaultPolicy the policy if the client leaves it open
 * @param frameLimits how many frames each stream may hold
 * @param verdicts what each stream may choose for its verdicts
 * @param drainTime how long frames may still be answered when the server stops
 */
public record ServiceSettings(
        int maxMessageBytes,
        int maxDimension,
        int maxStreams,
        int waitingAnswers,
        DeliveryPolicy defaultPolicy,
        StreamFrameLimits frameLimits,
        VerdictLimits verdicts,
        Duration drainTime) {}
