package io.scopegate.server.pipeline;

import io.scopegate.bundle.frame.FrameLimits;
import java.time.Duration;

/**
 * How the frames of each model are worked on.
 *
 * @param workers threads that decode and preprocess
 * @param sessions threads that run the network
 * @param batchWait how long a run waits for further frames once it has one
 * @param limits what a frame may be at most
 * @param waitingPictures bytes that the pictures of all models and streams may take until they are decoded
 * @param decodedPictures bytes that they may take while they are decoded; a larger one is decoded alone
 */
public record PipelineSettings(
        int workers,
        int sessions,
        Duration batchWait,
        FrameLimits limits,
        long waitingPictures,
        long decodedPictures) {}
