package io.scopegate.trainer.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for a draft that nobody needs afterwards: gone with all that is in it once closed.
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
        return new DraftFolder(Files.createTempDirectory(Files.createDirectories(parent), ".draft-"));
    }

    /** Makes an empty one among the system's temporary files. */
    public static DraftFolder create() throws IOException {
        return new DraftFolder(Files.createTempDirectory("scopegate-draft-"));
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(path)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }
}
