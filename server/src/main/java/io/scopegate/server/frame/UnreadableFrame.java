package io.scopegate.server.frame;

import io.scopegate.server.frame.FrameOutcome.Rejected;

/**
 * A frame whose content or format is not one of the contract's.
 *
 * @param header all but the picture
 * @param fault what is wrong with it
 */
public record UnreadableFrame(FrameHeader header, Rejected fault) implements ArrivedFrame {}
