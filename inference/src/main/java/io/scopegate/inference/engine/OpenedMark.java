package io.scopegate.inference.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Records beside an engine that a session has been opened from it. If such an engine does not open later, something
 * else is to blame: TensorRT reports a lack of device memory in its own log, while the error only says that the engine
 * could not be read.
 *
 * @param file empty; absent if no session has been opened yet
 */
record OpenedMark(Path file) {

    static OpenedMark of(Path place) {
        return new OpenedMark(place.resolveSibling("." + place.getFileName() + ".opened"));
    }

    void set() {
        try {
            if (!isSet()) {
                Files.createFile(file);
            }
        } catch (IOException e) {
            // Where no file can be created, the engine cannot be removed either.
        }
    }

    boolean isSet() {
        return Disk.exists(file);
    }

    /** Removes the mark. It must not outlive its engine, since another one may take its place. */
    void clear() throws IOException {
        Files.deleteIfExists(file);
    }
}
