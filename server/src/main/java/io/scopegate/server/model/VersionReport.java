package io.scopegate.server.model;

/**
 * What is known about one version in the repository.
 *
 * @param name name of the model
 * @param version version of the model
 * @param digest digest of its manifest; empty until that is complete
 * @param status what the server does with it
 * @param detail the reason, for humans; empty if there is none
 */
public record VersionReport(String name, int version, String digest, Status status, String detail) {

    /** {@code NAME/VERSION}. */
    public String reference() {
        return name + "/" + version;
    }

    /** What the server does with a version. */
    public enum Status {
        /** It judges frames. Its directory may be gone. */
        SERVED,
        /** It is being loaded and verified. */
        LOADING,
        /** It is complete, but another version or none is served. It may never have been verified. */
        AVAILABLE,
        /**
         * It is not complete yet, or something that it needs is missing for now: memory, a target, permission to read
         * it.
         */
        WAITING,
        /**
         * It failed, or an administrator passed it over by loading a lower version. A failed version is not tried
         * again until its content changes.
         */
        QUARANTINED
    }
}
