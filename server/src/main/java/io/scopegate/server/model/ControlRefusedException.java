package io.scopegate.server.model;

/**
 * What was asked of the models by hand cannot be done; nothing has changed, but for {@link Kind#NOT_KEPT}. Checked, since
 * the caller has to answer.
 */
public final class ControlRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final Kind kind;

    ControlRefusedException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What kind of answer it is. */
    public Kind kind() {
        return kind;
    }

    /** Why it cannot be done. */
    public enum Kind {
        /** There is no such version. */
        UNKNOWN,
        /** The version must not serve, or not in this state of things. */
        NOT_POSSIBLE,
        /** There is no memory for it now. */
        NO_ROOM,
        /** Its engine is being built, where it is to run is not there now, or a file of it cannot be read now. */
        NOT_NOW,
        /** Whoever asked has given up before it was begun. */
        GIVEN_UP,
        /** It is done, but the pin could not be written down. */
        NOT_KEPT
    }
}
