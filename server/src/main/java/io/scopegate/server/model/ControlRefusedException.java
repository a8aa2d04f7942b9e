package io.scopegate.server.model;

/**
 * An administrator's request cannot be carried out. Nothing has changed, except for {@link Kind#NOT_KEPT}. Checked,
 * because the caller must answer it.
 */
public final class ControlRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final Kind kind;

    ControlRefusedException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Returns the reason as a category. */
    public Kind kind() {
        return kind;
    }

    /** Why a request was refused. */
    public enum Kind {
        /** The version or model is unknown. */
        UNKNOWN,
        /** The version must not serve, or the request is not possible in the current state. */
        NOT_POSSIBLE,
        /** There is not enough memory for it now. */
        NO_ROOM,
        /**
         * The version's engine is being built, the target it should run on is not available now, or one of its files
         * cannot be read now.
         */
        NOT_NOW,
        /** The caller gave up before the request was started. */
        GIVEN_UP,
        /** The request was carried out, but the change could not be written to the pin file. */
        NOT_KEPT
    }
}
