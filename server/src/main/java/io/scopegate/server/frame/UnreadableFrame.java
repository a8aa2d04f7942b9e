package io.scopegate.server.frame;

import io.scopegate.server.frame.FrameOutcome.Rejected;

/**
 * A frame whose content, format or times do not conform to the contract.
 *
 * @param header everything but the picture
 * @param fault what is wrong with it
 */
public record UnreadableFrame(FrameHeader header, Rejected fault) implements ArrivedFrame {}
