package io.scopegate.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a log in the order in which they were written: {@code audit-00000001.jsonl} and so on. */
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

    static Path next(Path directory, List<Path> files) {
        int number = files.isEmpty() ? 1 : number(files.getLast()) + 1;
        return directory.resolve("audit-%08d.jsonl".formatted(number));
    }

    static int number(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring("audit-".length(), name.length() - ".jsonl".length()));
    }
}
