package io.scopegate.inference.engine;

import io.scopegate.bundle.model.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The timings of earlier builds, for later ones. A file's name holds its digest, so that one move replaces both. A file
 * that does not match its digest is left out, which costs nothing but time.
 */
record TimingCache(Path directory) {

    private static final String SUFFIX = ".timing";
    private static final Pattern NAME = Pattern.compile("(.+)\\.([0-9a-f]{64})\\.timing");

    /** Copies the timings of earlier builds into a build. What cannot be copied is reported. */
    void lend(Path build, Consumer<String> report) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Disk.orReport(directory, "cannot be used, so the build takes longer", report, () -> {
            try (FolderLock _ = lock()) {
                lendAll(build);
            }
        });
    }

    private void lendAll(Path build) throws IOException {
        for (Path file : Disk.entries(directory)) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
                lend(Files.readAllBytes(file), name.group(2), build.resolve(name.group(1) + SUFFIX));
            }
        }
    }

    private static void lend(byte[] timed, String sha256, Path file) throws IOException {
        if (Digests.sha256(timed).equals(sha256)) {
            Files.write(file, timed);
        }
    }

    /**
     * Moves new timings out of a build. What cannot be kept is reported.
     *
     * @throws IOException if a file can neither be kept nor removed from the build
     */
    void keep(Path build, Consumer<String> report) throws IOException {
        Disk.orReport(directory, "not saved, so later builds take longer", report, () -> {
            try (FolderLock _ = lock()) {
                keepAll(build);
            }
        });
        for (Path file : timed(build)) {
            Files.delete(file);
        }
    }

    private FolderLock lock() throws IOException {
        return FolderLock.take(directory.resolveSibling(""), String.valueOf(directory.getFileName()), () -> {});
    }

    private void keepAll(Path build) throws IOException {
        for (Path file : timed(build)) {
            String name = file.getFileName().toString();
            keep(file, name.substring(0, name.length() - SUFFIX.length()));
        }
    }

    private static List<Path> timed(Path build) throws IOException {
        return Disk.entries(build).stream()
                .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                .toList();
    }

    /** Adds the new file before the old ones are deleted. Build and cache are on the same file system. */
    private void keep(Path file, String name) throws IOException {
        Files.createDirectories(directory);
        Path kept = directory.resolve(name + '.' + Digests.sha256(file) + SUFFIX);
        Disk.flush(file);
        Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
        for (Path other : Disk.entries(directory)) {
            Matcher of = NAME.matcher(other.getFileName().toString());
            if (!other.equals(kept) && of.matches() && of.group(1).equals(name)) {
                Files.delete(other);
            }
        }
        Disk.flush(directory);
    }
}
