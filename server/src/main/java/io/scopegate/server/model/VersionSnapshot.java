package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelFiles;
import org.jspecify.annotations.Nullable;

/**
 * What one scan has found of one version.
 *
 * @param version its directory
 * @param files what it contains
 * @param settled whether it has been unchanged for long enough
 */
record VersionSnapshot(VersionDirectory version, ModelFiles files, boolean settled) {

    /** Returns what has to be waited for before the version may be touched, or null. */
    @Nullable
    String hindrance() {
        if (files.lacking() != null) {
            return "not complete: " + files.lacking();
        }
        return settled ? null : "still being written";
    }

    /** Returns true if both are the same version with the same content. */
    boolean is(@Nullable VersionSnapshot other) {
        return other != null
                && version.reference().equals(other.version.reference())
                && files.digest().equals(other.files.digest());
    }
}
