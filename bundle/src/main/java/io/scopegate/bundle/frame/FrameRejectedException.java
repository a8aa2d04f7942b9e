package io.scopegate.bundle.frame;

/** Thrown when a frame is rejected. Checked, since the caller has to answer the frame. Has no stack trace. */
public final class FrameRejectedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Rejection rejection;

    public FrameRejectedException(Rejection rejection) {
        super(rejection.message(), null, false, false);
        this.rejection = rejection;
    }

    public FrameRejectedException(Rejection.Cause cause, String field, String limit, String value) {
        this(new Rejection(cause, field, limit, value));
    }

    /** Returns what is wrong with the frame. */
    public Rejection rejection() {
        return rejection;
    }
}
