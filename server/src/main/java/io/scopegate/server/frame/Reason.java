package io.scopegate.server.frame;

/** Why an answer is what it is. Names and meanings are those of {@code scopegate/v1/answer.proto}. */
public enum Reason {
    MODEL,
    SMOOTHING,
    SUPERSEDED,
    TOO_OLD,
    CORRUPT_PICTURE,
    UNSUPPORTED_FORMAT,
    BAD_DIMENSIONS,
    BAD_PLANE_SIZE,
    EMPTY_FRAME,
    FRAME_ID_NOT_RISING,
    CAPTURE_TIME_BACKWARDS,
    QUEUE_FULL,
    BLACK_PICTURE,
    SINGLE_COLOR_PICTURE,
    FROZEN_PICTURE,
    NO_MODEL,
    MODEL_LOADING,
    NON_FINITE_OUTPUT,
    WRONG_OUTPUT_SHAPE,
    INFERENCE_FAILED,
    DRAINING,
    INTERNAL,
    IMPOSSIBLE_TIME
}
