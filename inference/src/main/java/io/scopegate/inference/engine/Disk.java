package io.scopegate.inference.engine;

import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Operations on files and whole directories, with errors that name the path. */
final class Disk {

    private Disk() {}

    /** An operation on the disk. */
    interface Step {
        void run() throws IOException;
    }

    /**
     * Runs a step and names the path if it fails: the system's own messages often say little more than "no space left".
     */
    static void at(Path path, String problem, Step step) throws IOException {
        try {
            step.run();
        } catch (IOException e) {
            throw new IOException(path + ": " + problem + ": " + reason(path, e), e);
        }
    }

    /** Runs a step on which nothing depends. If it fails, that is only reported. */
    static void orReport(Path path, String problem, Consumer<String> report, Step step) {
        try {
            at(path, problem, step);
        } catch (IOException e) {
            report.accept(e.getMessage());
        }
    }

    /**
     * Returns the reason of a failure, for a line that begins with this path. If a directory was to be created, another
     * file may be in its place.
     */
    static String reason(Path path, IOException e) {
        return e instanceof FileAlreadyExistsException
                ? e.getMessage() + " exists and is not a directory"
                : FileFault.reason(path, e);
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the entries of a directory, sorted. */
    static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    /** Flushes a file, or the entries of a directory. */
    static void flush(Path path) throws IOException {
        StandardOpenOption how = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
