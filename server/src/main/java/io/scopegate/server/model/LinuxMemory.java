package io.scopegate.server.model;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The memory that Linux has left for this process: what the machine reports as available, or what this process's
 * control groups may still take, whichever is less. A group's page cache does not count as taken, because it can be
 * reclaimed. A file that cannot be read sets no limit.
 */
public final class LinuxMemory implements FreeMemory {

    private static final long KIB = 1024;

    private final Path root;

    public LinuxMemory() {
        this(Path.of("/"));
    }

    /** @param root directory in which {@code proc} and {@code sys} are looked up */
    LinuxMemory(Path root) {
        this.root = root;
    }

    @Override
    public long bytes() {
        long bytes = machine();
        for (ControlGroups groups : ControlGroups.values()) {
            for (Path group : groups.limiting(root)) {
                bytes = Math.min(bytes, groups.left(group));
            }
        }
        return bytes;
    }

    private long machine() {
        OptionalLong available = KernelFile.field(root.resolve("proc/meminfo"), "MemAvailable:");
        return available.isPresent() ? available.getAsLong() * KIB : Long.MAX_VALUE;
    }
}
