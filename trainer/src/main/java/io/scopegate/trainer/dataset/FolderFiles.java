package io.scopegate.trainer.dataset;

import io.scopegate.trainer.file.FileFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What lies in a folder. Symbolic links are followed: large data sets are often linked and not copied. */
public final class FolderFiles {

    private FolderFiles() {}

    /**
     * The files in the folder and in all below it, in no order.
     *
     * @throws IOException in one line that names the folder, and what in it cannot be read or is a link to a folder that
     *     it is in
     */
    public static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return paths.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            throw new IOException(
                    folder + ": a folder that can be read whole, not "
                            + FileFault.text(Objects.requireNonNull(e.getCause())),
                    e);
        }
    }
}
