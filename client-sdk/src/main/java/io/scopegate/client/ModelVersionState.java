package io.scopegate.client;

/**
 * The state of one model version.
 *
 * @param model identifies the version; its digest is empty while the manifest is incomplete
 * @param status the state
 * @param detail human-readable explanation of the status; may be empty
 */
public record ModelVersionState(ModelReference model, Status status, String detail) {

    /** The states of a version. */
    public enum Status {
        /** Frames are classified by this version. */
        SERVED,
        /** The version is being loaded and checked. */
        LOADING,
        /** The version is complete but has not been checked. */
        AVAILABLE,
        /**
         * The version is incomplete, or something it needs is missing for now: memory, a target, permission to read it.
         */
        WAITING,
        /** The version failed its checks or was passed over. It is not tried again until its content changes. */
        QUARANTINED,
        /** A state that this client does not know. */
        UNKNOWN
    }
}
