package io.scopegate.server.pipeline;

import io.scopegate.bundle.frame.FrameLimits;
import java.time.Duration;

/**
 * Settings of the pipelines.
 *
 * @param workers threads per model that decode and preprocess
 * @param sessions threads per model that run the network
 * @param batchWait how long a thread that has a frame waits for further ones before it runs the network
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
