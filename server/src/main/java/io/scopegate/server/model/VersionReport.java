package io.scopegate.server.model;

/**
 * What is known of one version in the repository.
 *
 * @param name of the model
 * @param version of the model
 * @param digest of its manifest; empty as long as that is not whole
 * @param status what the server makes of it
 * @param detail why, for people; empty if there is nothing to say
 */
public record VersionReport(String name, int version, String digest, Status status, String detail) {

    /** {@code NAME/VERSION}. */
    public String reference() {
        return name + "/" + version;
    }

    /** What the server makes of a version. */
    public enum Status {
        /** Frames are judged by it. Its directory may be gone. */
        SERVED,
        /** It is being loaded and proven. */
        LOADING,
        /** There and complete, but another one is served. Not yet proven. */
        AVAILABLE,
        /** Not whole yet, or what it needs is not there for now: room in memory, a target, the right to read it. */
        WAITING,
        /** It failed, and is not tried again until its content changes. */
        QUARANTINED
    }
}
