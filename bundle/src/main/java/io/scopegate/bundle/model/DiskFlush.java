package io.scopegate.bundle.model;

import io.scopegate.bundle.file.FileTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes files and directories to disk, which has to happen before a model is reported as published. A file that is on
 * disk is lost all the same if the directory entry that names it is not, and so on upwards.
 */
final class DiskFlush {

    private DiskFlush() {}

    /** Flushes a directory and everything in it. */
    static void tree(Path directory) throws IOException {
        for (Path path : FileTree.deepestFirst(directory)) {
            flush(path);
        }
    }

    /**
     * Creates a directory and its missing parents, and flushes each directory that names a new one. The direct parent
     * is always flushed: whoever created the directory may have been killed before flushing it.
     *
     * @return the directories that were flushed, the deepest first
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

    /** Flushes a file, or the entries of a directory. */
    static void flush(Path path) throws IOException {
        StandardOpenOption how = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
