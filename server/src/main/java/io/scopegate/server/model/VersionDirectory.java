package io.scopegate.server.model;

import java.nio.file.Path;

/**
 * The directory of one version in the repository.
 *
 * @param path {@code .../NAME/VERSION}
 * @param name name of the model
 * @param version version of the model
 */
record VersionDirectory(Path path, String name, int version) {

    /** {@code NAME/VERSION}. */
    String reference() {
        return name + "/" + version;
    }
}
