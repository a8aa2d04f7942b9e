package io.scopegate.client;

/**
 * The most that a server takes; 0 means that it states no limit.
 *
 * @param maxMessageBytes the largest message, in bytes, that it reads; a frame's message is some ten bytes larger than
 *     its content
 * @param maxDimensionPixels the largest picture side, in pixels, that it classifies
 */
public record StreamLimits(long maxMessageBytes, int maxDimensionPixels) {}
