package io.scopegate.client;

/**
 * What a server makes of one version.
 *
 * @param model its digest is empty as long as its manifest is not whole
 * @param status what it is
 * @param detail why, for people; empty if there is nothing to say
 */
public record ModelVersionState(ModelReference model, Status status, String detail) {

    /** What a version is to its server. */
    public enum Status {
        /** Frames are judged by it. */
        SERVED,
        /** It is being loaded and proven. */
        LOADING,
        /** There and complete, not proven. */
        AVAILABLE,
        /** Not whole yet, or what it needs is not there for now: room in memory, a target, the right to read it. */
        WAITING,
        /** It failed or was passed over, and is not tried again until its content changes. */
        QUARANTINED,
        /** Something that this client does not know. */
        UNKNOWN
    }
}
