package io.scopegate.cli.lifetime;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.bundle.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary directory. It is removed with its content when it is closed, or when this Java virtual machine ends,
 * unless it is kept.
 */
public final class ScratchDirectory implements AutoCloseable {

    private static final int ATTEMPTS_AT_EXIT = 10;

    private final Path path;
    private final AtExit removal;

    private ScratchDirectory(Path path) {
        this.path = path;
        this.removal = AtExit.run("scratch-remover", () -> removeAtExit(path));
    }

    /** Creates a new, empty directory. */
    public static ScratchDirectory create() throws IOException {
        return new ScratchDirectory(Files.createTempDirectory("scopegate-"));
    }

    /** Returns its path. */
    public Path path() {
        return path;
    }

    /**
     * Removes the directory, trying several times: a process that writes to it is stopped only at the same time, and
     * may add files in between.
     */
    private static void removeAtExit(Path path) {
        for (int attempt = 0; attempt < ATTEMPTS_AT_EXIT && Files.exists(path); attempt++) {
            try {
                FileTree.delete(path);
            } catch (IOException e) {
                tellAtLast(attempt, path, e);
            }
        }
    }

    private static void tellAtLast(int attempt, Path path, IOException fault) {
        if (attempt == ATTEMPTS_AT_EXIT - 1) {
            System.err.println(path + ": not removed: " + FileFault.reason(path, fault));
        }
    }

    /** Keeps the directory and its content for the user. */
    public void keep() {
        removal.callOff();
    }

    @Override
    public void close() throws IOException {
        removal.callOff();
        FileTree.delete(path);
    }
}
