package io.scopegate.trainer.file;

import io.scopegate.bundle.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary folder for a draft. Closing it deletes it with everything in it; if a signal ends the process, a shutdown
 * hook does.
 *
 * @param path the folder
 */
public record DraftFolder(Path path) implements AutoCloseable {

    /** Creates an empty draft folder beside the place that it may be moved to once it is complete. */
    public static DraftFolder beside(Path place) throws IOException {
        return in(Files.createDirectories(place.toAbsolutePath().getParent()));
    }

    /** Creates an empty draft folder in a folder, which is created if it is absent. */
    public static DraftFolder in(Path parent) throws IOException {
        return of(Files.createTempDirectory(Files.createDirectories(parent), ".draft-"));
    }

    /** Creates an empty draft folder in the system's temporary directory. */
    public static DraftFolder create() throws IOException {
        return of(Files.createTempDirectory("scopegate-draft-"));
    }

    private static DraftFolder of(Path path) throws IOException {
        OpenDrafts.OF_PROCESS.add(path);
        return new DraftFolder(path);
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(path)) {
            FileTree.delete(path);
        }
        OpenDrafts.OF_PROCESS.forget(path);
    }
}
