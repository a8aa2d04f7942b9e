package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelFiles;
import org.jspecify.annotations.Nullable;

/**
 * What one look has shown of one version.
 *
 * @param version where it is
 * @param files what is there
 * @param settled whether it has been left alone for long enough
 */
record VersionSnapshot(VersionDirectory version, ModelFiles files, boolean settled) {

    /** What has to be waited for before it may be touched, or null. */
    @Nullable
    String hindrance() {
        if (files.lacking() != null) {
            return "not complete: " + files.lacking();
        }
        return settled ? null : "still being written";
    }

    /** True if it is this very version, of this very content. */
    boolean is(@Nullable VersionSnapshot other) {
        return other != null
                && version.reference().equals(other.version.reference())
                && files.digest().equals(other.files.digest());
    }
}
