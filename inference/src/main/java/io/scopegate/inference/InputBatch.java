package io.scopegate.inference;

import java.nio.FloatBuffer;

/**
 * The inputs of some frames in one piece of direct memory, float32 in the machine's byte order. Read only.
 *
 * @param floats position 0, limit at the number of elements of all frames
 * @param frames how many there are
 */
public record InputBatch(FloatBuffer floats, int frames) {}
