package io.scopegate.client;

/** Why a verdict is what it is: the contract's reasons under their own names, and three that only this client gives. */
public enum Reason {
    /** The model says so. */
    MODEL,
    /** This frame alone would be in body, the smoothing still holds the verdict out of body. */
    SMOOTHING,
    /** The frame waited and a newer one took its place. */
    SUPERSEDED,
    /** Older than the age budget. */
    TOO_OLD,
    /** The picture cannot be decoded, wholly or in part. */
    CORRUPT_PICTURE,
    /** A format, or a kind of picture within it, that is not supported. */
    UNSUPPORTED_FORMAT,
    /** Width or height is zero, over the limit, or not what was announced. */
    BAD_DIMENSIONS,
    /** A plane is missing, too many, or not of the size that format, dimensions and stride ask for. */
    BAD_PLANE_SIZE,
    /** The frame has no content. */
    EMPTY_FRAME,
    /** The frame's id is not greater than that of the frame before. */
    FRAME_ID_NOT_RISING,
    /** The frame's capture time is before that of the frame before. */
    CAPTURE_TIME_BACKWARDS,
    /** The server takes no more frames of this stream now. */
    QUEUE_FULL,
    /** The picture is black. */
    BLACK_PICTURE,
    /** The picture is of a single colour. */
    SINGLE_COLOR_PICTURE,
    /** The picture has not changed for too long. */
    FROZEN_PICTURE,
    /** No model is served, or not the one that was asked for. */
    NO_MODEL,
    /** A model is being loaded and none is served yet. */
    MODEL_LOADING,
    /** The model gave not-a-number or infinity. */
    NON_FINITE_OUTPUT,
    /** The model's output is not of the shape that its manifest states. */
    WRONG_OUTPUT_SHAPE,
    /** The model could not be run, took too long, or has lost its device. */
    INFERENCE_FAILED,
    /** The model took too long; no server says so yet, but {@link #INFERENCE_FAILED}. */
    INFERENCE_TIMEOUT,
    /** The device that the model runs on has failed; no server says so yet, but {@link #INFERENCE_FAILED}. */
    DEVICE_FAULT,
    /** The server is stopping. */
    DRAINING,
    /** A fault of the server. */
    INTERNAL,
    /** The capture time or source time is none, or the capture time lies further ahead than the age budget is long. */
    IMPOSSIBLE_TIME,
    /** This client: the link to the server broke, or the server fell silent, before it answered. */
    LINK_LOST,
    /** This client: the stream was closed or ended by a status before the server answered. */
    STREAM_ENDED,
    /** This client: the server gave no reason, or one that this client does not know. */
    UNKNOWN
}
