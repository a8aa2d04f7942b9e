package io.scopegate.bundle.frame;

/**
 * The reason why a frame was rejected.
 *
 * @param cause the kind of fault
 * @param field the field of the frame that is wrong, as the contract names it
 * @param limit what the field should have been
 * @param value what it was
 */
public record Rejection(Cause cause, String field, String limit, String value) {

    /** Kinds of fault that lie in the frame itself. */
    public enum Cause {
        /** Cannot be decoded, wholly or in part. */
        CORRUPT_PICTURE,
        UNSUPPORTED_FORMAT,
        /** Width or height is zero, over the limit, or not what was announced. */
        BAD_DIMENSIONS,
        BAD_PLANE_SIZE,
        EMPTY_FRAME
    }

    /** Returns one line for people: field, limit and value. */
    public String message() {
        return field + ": " + limit + ", not " + value;
    }
}
