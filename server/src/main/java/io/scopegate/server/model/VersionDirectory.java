package io.scopegate.server.model;

import java.nio.file.Path;

/**
 * One version in the repository.
 *
 * @param path {@code .../NAME/VERSION}
 * @param name of the model
 * @param version of the model
 */
record VersionDirectory(Path path, String name, int version) {

    /** {@code NAME/VERSION}. */
    String reference() {
        return name + "/" + version;
    }
}
