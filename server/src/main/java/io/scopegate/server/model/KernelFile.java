package io.scopegate.server.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Reads values from files of {@code proc} and {@code sys}. An unreadable file yields no value. */
final class KernelFile {

    private KernelFile() {}

    /** Returns the number that is the only content of a file; empty if it says {@code max}. */
    static OptionalLong number(Path file) {
        List<String> lines = lines(file);
        return lines.size() == 1 ? parse(lines.getFirst()) : OptionalLong.empty();
    }

    /** Returns the number that follows this name at the beginning of a line. */
    static OptionalLong field(Path file, String name) {
        for (String line : lines(file)) {
            String[] words = line.split("\\s+");
            if (words.length > 1 && words[0].equals(name)) {
                return parse(words[1]);
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Returns the lines of a file, none if it cannot be read. Malformed characters are replaced, because names of
     * mounts and groups may consist of any bytes.
     */
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
