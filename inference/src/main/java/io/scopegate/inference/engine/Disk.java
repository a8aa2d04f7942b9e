package io.scopegate.inference.engine;

import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Directories that are made, moved and removed whole, and errors that name them. */
final class Disk {

    private Disk() {}

    /** Something done to the disk. */
    interface Step {
        void run() throws IOException;
    }

    /** Names the path in whatever goes wrong: the system's own messages often say little more than "no space left". */
    static void at(Path path, String problem, Step step) throws IOException {
        try {
            step.run();
        } catch (IOException e) {
            throw new IOException(path + ": " + problem + ": " + reason(path, e), e);
        }
    }

    /** For what nothing depends on. */
    static void orReport(Path path, String problem, Consumer<String> report, Step step) {
        try {
            at(path, problem, step);
        } catch (IOException e) {
            report.accept(e.getMessage());
        }
    }

    /** For a line that begins with this path. Where a directory was to be made, another file can be in its place. */
    static String reason(Path path, IOException e) {
        return e instanceof FileAlreadyExistsException
                ? e.getMessage() + " exists and is not a directory"
                : FileFault.reason(path, e);
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** What is in a directory, sorted. */
    static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    /** Flushes a file, or a directory's list of names. */
    static void flush(Path path) throws IOException {
        StandardOpenOption how = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    /** Removes a file or a directory with all that is in it; follows no links. */
    static void delete(Path path) throws IOException {
        if (!exists(path)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(path)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : deepestFirst) {
            Files.delete(entry);
        }
    }
}
