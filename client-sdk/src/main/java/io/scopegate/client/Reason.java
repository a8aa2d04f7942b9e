package io.scopegate.client;

/** Why a verdict is what it is: the contract's reasons under the same names, and three that only this client gives. */
public enum Reason {
    /** The verdict is the model's. */
    MODEL,
    /** This frame alone would be in body, but smoothing still holds the verdict at out of body. */
    SMOOTHING,
    /** A newer frame replaced this one while it waited. */
    SUPERSEDED,
    /** The frame is older than the age budget. */
    TOO_OLD,
    /** All or part of the picture cannot be decoded. */
    CORRUPT_PICTURE,
    /** The format, or a variant of it, is not supported. */
    UNSUPPORTED_FORMAT,
    /** The width or height is zero, over the limit, or different from what the format states. */
    BAD_DIMENSIONS,
    /** There are too few or too many planes, or a plane's size does not match the format, dimensions and stride. */
    BAD_PLANE_SIZE,
    /** The frame has no content. */
    EMPTY_FRAME,
    /** The frame id is not greater than that of an earlier frame. */
    FRAME_ID_NOT_RISING,
    /** The capture time is before that of an earlier frame. */
    CAPTURE_TIME_BACKWARDS,
    /** The stream's queue is full, or the server has no memory left for waiting pictures. */
    QUEUE_FULL,
    /** The picture is black. */
    BLACK_PICTURE,
    /** The picture is of a single colour. */
    SINGLE_COLOR_PICTURE,
    /** The picture has not changed for too long. */
    FROZEN_PICTURE,
    /** No model is served, or not the one that was selected. */
    NO_MODEL,
    /** A model is being loaded and none is served yet. */
    MODEL_LOADING,
    /** The model's output contains NaN or infinity. */
    NON_FINITE_OUTPUT,
    /** The model's output does not have the shape stated in its manifest. */
    WRONG_OUTPUT_SHAPE,
    /** Inference failed, did not return in time, or lost its device. */
    INFERENCE_FAILED,
    /** Inference took too long. No server sends this yet; such a frame gets {@link #INFERENCE_FAILED}. */
    INFERENCE_TIMEOUT,
    /** The device that runs the model failed. No server sends this yet; such a frame gets {@link #INFERENCE_FAILED}. */
    DEVICE_FAULT,
    /** The server is stopping. */
    DRAINING,
    /** A fault in the server. */
    INTERNAL,
    /** The capture time or source time is invalid, or the capture time is in the future by more than the age budget. */
    IMPOSSIBLE_TIME,
    /** Given by this client: the connection broke, or the server fell silent, before it answered. */
    LINK_LOST,
    /** Given by this client: the stream was closed, or ended with a status, before the server answered. */
    STREAM_ENDED,
    /** Given by this client: the server sent no reason, or one that this client does not know. */
    UNKNOWN
}
