package io.scopegate.inference.engine;

import io.scopegate.bundle.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory beside an engine's own, in which the engine is built, and to which it is moved before it is removed. So
 * the engine's own directory is either whole or absent. May be touched only by the holder of the engine's lock; what is
 * there when the lock is taken was left by a process that ended.
 */
record Staging(Path path) implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("\\.(.+)\\.staging");

    /** Creates an empty one. */
    static Staging make(Path place) throws IOException {
        Staging staging = new Staging(beside(place));
        Disk.at(place, "not built", () -> {
            FileTree.delete(staging.path());
            Files.createDirectory(staging.path());
        });
        return staging;
    }

    private static Path beside(Path place) {
        return place.resolveSibling("." + place.getFileName() + ".staging");
    }

    /** Removes an engine. */
    static void remove(Path place) throws IOException {
        Path staging = beside(place);
        FileTree.delete(staging);
        OpenedMark.of(place).clear();
        Files.move(place, staging, StandardCopyOption.ATOMIC_MOVE);
        FileTree.delete(staging);
    }

    /**
     * Removes what killed processes left behind, and nothing whose lock is held.
     *
     * @throws IOException naming the first that cannot be removed, after all others have been removed
     */
    static void removeAbandoned(Path directory) throws IOException {
        IOException first = null;
        for (Path path : Disk.entries(directory)) {
            Matcher name = NAME.matcher(path.getFileName().toString());
            if (name.matches() && EngineKey.isDirectoryName(name.group(1))) {
                try {
                    removeIfFree(directory, name.group(1), path);
                } catch (IOException e) {
                    first = first == null ? new IOException(path + ": " + Disk.reason(path, e), e) : first;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static void removeIfFree(Path directory, String engine, Path staging) throws IOException {
        try (FolderLock lock = FolderLock.takeIfFree(directory, engine).orElse(null)) {
            if (lock != null) {
                FileTree.delete(staging);
            }
        }
    }

    /** Moves what was built into place. */
    void moveTo(Path place) throws IOException {
        OpenedMark.of(place).clear();
        Files.move(path, place, StandardCopyOption.ATOMIC_MOVE);
        Disk.flush(place.resolveSibling(""));
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(path);
    }
}
