package io.scopegate.server.pipeline;

import io.scopegate.bundle.frame.FrameLimits;

/**
 * How frames are worked on.
 *
 * @param workers threads that decode and preprocess
 * @param limits what a frame may be at most
 */
public record PipelineSettings(int workers, FrameLimits limits) {}
