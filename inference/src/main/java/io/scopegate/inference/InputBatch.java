package io.scopegate.inference;

import java.nio.FloatBuffer;

/**
 * The inputs of some frames in one contiguous piece of direct memory, float32 in native byte order. Read only.
 *
 * @param floats position 0, limit at the number of elements of all frames
 * @param frames number of frames
 */
public record InputBatch(FloatBuffer floats, int frames) {}
