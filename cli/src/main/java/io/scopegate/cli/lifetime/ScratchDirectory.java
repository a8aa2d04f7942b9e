package io.scopegate.cli.lifetime;

import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A temporary directory, which goes with all that is in it when it is closed, or with this Java virtual machine, unless it
 * is kept.
 */
public final class ScratchDirectory implements AutoCloseable {

    private static final int ATTEMPTS_AT_EXIT = 10;

    private final Path path;
    private final AtExit removal;

    private ScratchDirectory(Path path) {
        this.path = path;
        this.removal = AtExit.run("scratch-remover", () -> removeAtExit(path));
    }

    /** A new and empty one. */
    public static ScratchDirectory create() throws IOException {
        return new ScratchDirectory(Files.createTempDirectory("scopegate-"));
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Removes a directory with all that is in it, if it is there. */
    public static void remove(Path directory) throws IOException {
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

    /** Whoever writes to it is stopped by nothing but the end, and may get in between. */
    private static void removeAtExit(Path path) {
        for (int attempt = 0; attempt < ATTEMPTS_AT_EXIT && Files.exists(path); attempt++) {
            try {
                remove(path);
            } catch (IOException e) {
                tellAtLast(attempt, path, e);
            } catch (UncheckedIOException e) {
                tellAtLast(attempt, path, Objects.requireNonNull(e.getCause()));
            }
        }
    }

    private static void tellAtLast(int attempt, Path path, IOException fault) {
        if (attempt == ATTEMPTS_AT_EXIT - 1) {
            System.err.println(path + ": not removed: " + FileFault.reason(path, fault));
        }
    }

    /** Leaves it to the user, with all that is in it. */
    public void keep() {
        removal.callOff();
    }

    @Override
    public void close() throws IOException {
        removal.callOff();
        remove(path);
    }
}
