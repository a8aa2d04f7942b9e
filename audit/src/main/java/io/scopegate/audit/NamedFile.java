package io.scopegate.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is held open, by its path: what is written to it goes on to succeed when it has been removed or moved.
 *
 * @param path that named it as it was opened
 * @param key by which its file system knows it; null where that has none, and only whether the path names any file counts
 */
record NamedFile(Path path, @Nullable Object key) {

    static NamedFile of(Path path) throws IOException {
        return new NamedFile(path, key(path));
    }

    /**
     * Whether its path still names it, and not nothing or another file.
     *
     * @throws IOException if that cannot be known
     */
    boolean isInPlace() throws IOException {
        try {
            return Objects.equals(key, key(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
