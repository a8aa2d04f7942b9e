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
 * What lies in a folder and in all below it, in no order. Symbolic links are followed: large data sets are often linked
 * and not copied.
 *
 * @param files what can be opened
 * @param dangling links to what is not there, for example since the disk with the pictures is not mounted
 */
public record FolderFiles(List<Path> files, List<Path> dangling) {

    /**
     * Looks into a folder.
     *
     * @throws IOException in one line that names the folder, and what in it cannot be read or is a link to a folder that
     *     it is in
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
