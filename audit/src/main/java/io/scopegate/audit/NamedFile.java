package io.scopegate.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is held open, with its path. Writing to it succeeds even after it was removed or moved, so the path has
 * to be checked to notice that.
 *
 * @param path the path that named the file when it was opened
 * @param key identifies the file in its file system; null if the file system has no such keys, and then only the
 *     existence of some file at the path is checked
 */
record NamedFile(Path path, @Nullable Object key) {

    static NamedFile of(Path path) throws IOException {
        return new NamedFile(path, key(path));
    }

    /**
     * Returns null if the path still names this file; otherwise what it names instead, in words.
     *
     * @throws IOException if that cannot be determined
     */
    @Nullable
    String displacement() throws IOException {
        try {
            return Objects.equals(key, key(path)) ? null : notThis("another one");
        } catch (NoSuchFileException e) {
            return notThis("none");
        }
    }

    private String notThis(String found) {
        return path + ": expected the file that was opened, found " + found;
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
