package io.scopegate.cli.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary directory, which goes with all that is in it when it is closed.
 *
 * @param path of it
 */
public record ScratchDirectory(Path path) implements AutoCloseable {

    /** A new and empty one. */
    public static ScratchDirectory create() throws IOException {
        return new ScratchDirectory(Files.createTempDirectory("scopegate-"));
    }

    static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : deepestFirst) {
            Files.delete(entry);
        }
    }

    @Override
    public void close() throws IOException {
        remove(path);
    }
}
