package io.scopegate.client;

/**
 * The server's limits; 0 means that it states none.
 *
 * @param maxMessageBytes the largest message that the server accepts, in bytes; a frame's message is some ten bytes
 *     larger than its content
 * @param maxDimensionPixels the largest width or height that the server accepts, in pixels
 */
public record StreamLimits(long maxMessageBytes, int maxDimensionPixels) {}
