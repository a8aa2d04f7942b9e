package io.scopegate.trainer.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for a draft that nobody needs afterwards: gone with all that is in it once closed, or once a signal ends the
 * process.
 *
 * @param path the folder
 */
public record DraftFolder(Path path) implements AutoCloseable {

    /** Makes an empty one beside a place that it may be moved to once it is whole. */
    public static DraftFolder beside(Path place) throws IOException {
        return in(Files.createDirectories(place.toAbsolutePath().getParent()));
    }

    /** Makes an empty one in a folder, which is made too if it is absent. */
    public static DraftFolder in(Path parent) throws IOException {
        return of(Files.createTempDirectory(Files.createDirectories(parent), ".draft-"));
    }

    /** Makes an empty one among the system's temporary files. */
    public static DraftFolder create() throws IOException {
        return of(Files.createTempDirectory("scopegate-draft-"));
    }

    private static DraftFolder of(Path path) throws IOException {
        Leftovers.OF_PROCESS.add(path);
        return new DraftFolder(path);
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(path)) {
            Leftovers.delete(path);
        }
        Leftovers.OF_PROCESS.forget(path);
    }
}
