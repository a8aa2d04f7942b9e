package io.scopegate.bundle.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A file, or a directory with everything in it. Symbolic links are not followed. */
public final class FileTree {

    private FileTree() {}

    /**
     * Returns everything in a directory, and the directory itself at the end. The content of each directory comes
     * before the directory.
     */
    public static List<Path> deepestFirst(Path path) throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Deletes a file, or a directory with everything in it, if it exists. Another process may be deleting it at the
     * same time; that one then deletes what is left.
     */
    public static void delete(Path path) throws IOException {
        try {
            for (Path entry : deepestFirst(path)) {
                Files.deleteIfExists(entry);
            }
        } catch (NoSuchFileException e) {
            // It does not exist, or another process deleted a part of it while it was being listed.
        }
    }
}
