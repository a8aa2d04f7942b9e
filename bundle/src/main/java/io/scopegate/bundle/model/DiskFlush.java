package io.scopegate.bundle.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has to be on the disk before a model is said to be published. A file that is on the disk is lost all the same if the
 * directory that names it is not, and so on upwards.
 */
final class DiskFlush {

    private DiskFlush() {}

    /** Flushes a directory with all that is in it. */
    static void tree(Path directory) throws IOException {
        for (Path path : deepestFirst(directory)) {
            flush(path);
        }
    }

    /** All that is in a directory, and last the directory itself; what is in each comes before it. */
    static List<Path> deepestFirst(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Makes a directory and what is missing above it, and flushes each directory that names a new one. The one above it is
     * always flushed, since whoever made it may have been killed before that.
     *
     * @return the directories that were flushed, the lowest first
     */
    static List<Path> make(Path directory) throws IOException {
        List<Path> naming = new ArrayList<>();
        Path above = directory.toAbsolutePath().getParent();
        while (above != null) {
            naming.add(above);
            above = Files.exists(above) ? null : above.getParent();
        }
        Files.createDirectories(directory);
        for (Path parent : naming) {
            flush(parent);
        }
        return naming;
    }

    /** Flushes a file, or a directory's list of names. */
    static void flush(Path path) throws IOException {
        StandardOpenOption how = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
