package io.scopegate.server.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What the kernel tells in files of {@code proc} and {@code sys}. One that cannot be read tells nothing. */
final class KernelFile {

    private KernelFile() {}

    /** The number of a file that holds nothing else; none if it says {@code max}. */
    static OptionalLong number(Path file) {
        List<String> lines = lines(file);
        return lines.size() == 1 ? parse(lines.getFirst()) : OptionalLong.empty();
    }

    /** The number behind a name that begins a line. */
    static OptionalLong field(Path file, String name) {
        for (String line : lines(file)) {
            String[] words = line.split("\\s+");
            if (words.length > 1 && words[0].equals(name)) {
                return parse(words[1]);
            }
        }
        return OptionalLong.empty();
    }

    /** Names of mounts and groups may be of any bytes. */
    static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
