package io.scopegate.server.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The memory that Linux has left for this process: what the machine calls available, or what its container may still
 * take, whichever is less. The page cache of a container is not counted as taken, since it gives way.
 */
public final class LinuxMemory implements FreeMemory {

    private static final long KIB = 1024;

    private final Path root;

    public LinuxMemory() {
        this(Path.of("/"));
    }

    /** Where {@code proc} and {@code sys} are looked for. */
    LinuxMemory(Path root) {
        this.root = root;
    }

    @Override
    public long bytes() {
        return Math.min(machine(), Math.min(container(2), container(1)));
    }

    private long machine() {
        OptionalLong available = field(root.resolve("proc/meminfo"), "MemAvailable:");
        return available.isPresent() ? available.getAsLong() * KIB : Long.MAX_VALUE;
    }

    /** By the files of either version of control groups, as a container sees its own. */
    private long container(int version) {
        Path group = root.resolve(version == 2 ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
        OptionalLong limit = number(group.resolve(version == 2 ? "memory.max" : "memory.limit_in_bytes"));
        OptionalLong taken = number(group.resolve(version == 2 ? "memory.current" : "memory.usage_in_bytes"));
        if (limit.isEmpty() || taken.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long cache = field(group.resolve("memory.stat"), version == 2 ? "inactive_file" : "total_inactive_file")
                .orElse(0);
        return Math.max(0, limit.getAsLong() - taken.getAsLong() + cache);
    }

    /** The number of a file that holds nothing else; none if it says {@code max}. */
    private static OptionalLong number(Path file) {
        List<String> lines = lines(file);
        return lines.size() == 1 ? parse(lines.getFirst()) : OptionalLong.empty();
    }

    private static OptionalLong field(Path file, String name) {
        for (String line : lines(file)) {
            String[] words = line.split("\\s+");
            if (words.length > 1 && words[0].equals(name)) {
                return parse(words[1]);
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong parse(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
