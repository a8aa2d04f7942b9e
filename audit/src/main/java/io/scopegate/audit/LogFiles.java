package io.scopegate.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a log, {@code audit-00000001.jsonl} and so on, in the order in which they were written. */
final class LogFiles {

    private static final Pattern NAME = Pattern.compile("audit-[0-9]{8}\\.jsonl");

    private LogFiles() {}

    static List<Path> of(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(
                            path -> NAME.matcher(path.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    /** Creates the directory if it is absent. */
    static void make(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            Files.createDirectories(directory);
            keepEntries(directory.toAbsolutePath().getParent());
        }
    }

    /**
     * Creates an empty file that survives power loss. Without a flushed directory entry, lines on disk would have no
     * name.
     */
    static void create(Path file) throws IOException {
        Files.createFile(file);
        boolean kept = false;
        try {
            keepEntries(file.toAbsolutePath().getParent());
            kept = true;
        } finally {
            if (!kept) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void keepEntries(@Nullable Path directory) throws IOException {
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    static Path next(Path directory, List<Path> files) {
        return next(directory, files, 0);
    }

    /** @param least the number of a file that has existed, whether or not it still does */
    static Path next(Path directory, List<Path> files, int least) {
        int newest = files.isEmpty() ? 0 : number(files.getLast());
        return directory.resolve(name(Math.max(newest, least) + 1));
    }

    static String name(int number) {
        return String.format(Locale.ROOT, "audit-%08d.jsonl", number);
    }

    static int number(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring("audit-".length(), name.length() - ".jsonl".length()));
    }
}
