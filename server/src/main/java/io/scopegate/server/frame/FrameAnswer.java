package io.scopegate.server.frame;

/**
 * The one answer to a frame.
 *
 * @param header of the frame
 * @param outcome what became of it
 * @param timings what its time went into
 */
public record FrameAnswer(FrameHeader header, FrameOutcome outcome, Timings timings) {}
