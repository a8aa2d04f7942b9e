package io.scopegate.trainer.dataset;

import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The files in a folder and its subfolders, in no particular order. Symbolic links are followed, since large data sets
 * are often linked instead of copied.
 *
 * @param files regular files
 * @param dangling links that lead nowhere, for example because the disk with the pictures is not mounted
 */
public record FolderFiles(List<Path> files, List<Path> dangling) {

    /**
     * Lists a folder.
     *
     * @throws IOException if something in the folder cannot be read, or is a link to a folder that contains it; the
     *     one-line message names the folder and the cause
     */
    public static FolderFiles in(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> all = paths.toList();
            return new FolderFiles(
                    all.stream().filter(Files::isRegularFile).toList(),
                    all.stream().filter(path -> !Files.exists(path)).toList());
        } catch (UncheckedIOException e) {
            throw new IOException(
                    folder + ": cannot be read: " + FileFault.text(Objects.requireNonNull(e.getCause())), e);
        }
    }
}
