package io.scopegate.server.model;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The two versions of Linux control groups, and the files in which each limits memory. */
enum ControlGroups {
    FIRST(
            "sys/fs/cgroup/memory",
            "memory.limit_in_bytes",
            "memory.usage_in_bytes",
            "total_inactive_file",
            "total_active_file"),
    SECOND("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file", "active_file");

    /** Index of a field in a line of {@code mountinfo}. The optional fields come after this and end with a dash. */
    private static final int MOUNT_ROOT = 3;

    private static final int MOUNT_POINT = 4;

    private final String usual;
    private final String limit;
    private final String taken;
    private final List<String> cache;

    /**
     * @param usual mount point to assume if the kernel does not name one
     * @param limit file that holds the limit in bytes
     * @param taken file that holds the usage in bytes
     * @param cache fields of {@code memory.stat} that count reclaimable page cache
     */
    ControlGroups(String usual, String limit, String taken, String... cache) {
        this.usual = usual;
        this.limit = limit;
        this.taken = taken;
        this.cache = List.of(cache);
    }

    /**
     * A mount point of the control group file system.
     *
     * @param top group that is visible at the mount point, by its full name
     * @param point folder
     */
    private record Mount(Path top, Path point) {}

    /**
     * Returns the folders of the groups that limit this process: its own and all its visible ancestors. In a
     * container, its own group is the topmost.
     *
     * @param root directory in which {@code proc} and {@code sys} are looked up
     */
    List<Path> limiting(Path root) {
        try {
            Mount mount = mount(root).orElseGet(() -> new Mount(Path.of("/"), root.resolve(usual)));
            return around(own(root, mount), mount);
        } catch (InvalidPathException e) {
            // A name contains characters that this process's locale cannot encode.
            return List.of(root.resolve(usual));
        }
    }

    private static List<Path> around(Path own, Mount mount) {
        List<Path> folders = new ArrayList<>();
        for (Path folder = own; folder != null && folder.startsWith(mount.point()); folder = folder.getParent()) {
            folders.add(folder);
        }
        return folders;
    }

    /** Returns how many bytes the group may still take; {@link Long#MAX_VALUE} if it has no limit or reports none. */
    long left(Path group) {
        OptionalLong most = KernelFile.number(group.resolve(limit));
        OptionalLong used = KernelFile.number(group.resolve(taken));
        if (most.isEmpty() || used.isEmpty()) {
            return Long.MAX_VALUE;
        }
        Path usage = group.resolve("memory.stat");
        long givesWay = cache.stream()
                .mapToLong(field -> KernelFile.field(usage, field).orElse(0))
                .sum();
        return Math.max(0, most.getAsLong() - Math.max(0, used.getAsLong() - givesWay));
    }

    /** Returns the folder of this process's group, or the mount point if that folder is not visible. */
    private Path own(Path root, Mount mount) {
        return KernelFile.lines(root.resolve("proc/self/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(words -> words.length == 3 && isOfMemory(words[1]))
                .map(words -> Path.of(words[2]).normalize())
                .filter(group -> group.startsWith(mount.top()))
                .map(group -> mount.point().resolve(mount.top().relativize(group)))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(mount.point());
    }

    /**
     * Returns true if a hierarchy with these controllers limits memory. Version 2 has one hierarchy for all
     * controllers, listed without a name.
     */
    private boolean isOfMemory(String controllers) {
        return this == SECOND
                ? controllers.isEmpty()
                : Set.of(controllers.split(",")).contains("memory");
    }

    private Optional<Mount> mount(Path root) {
        return KernelFile.lines(root.resolve("proc/self/mountinfo")).stream()
                .map(line -> List.of(line.split(" ")))
                .filter(this::isMount)
                .map(words -> new Mount(
                        Path.of(words.get(MOUNT_ROOT)),
                        root.resolve(words.get(MOUNT_POINT).substring(1))))
                .findFirst();
    }

    /**
     * Returns true if this is the mount of this version's memory hierarchy. The dash is followed by the type of the
     * file system, its source and its options.
     */
    private boolean isMount(List<String> words) {
        int dash = words.lastIndexOf("-");
        if (dash <= MOUNT_POINT || words.size() <= dash + 3) {
            return false;
        }
        String kind = words.get(dash + 1);
        return this == SECOND
                ? kind.equals("cgroup2")
                : kind.equals("cgroup")
                        && List.of(words.get(dash + 3).split(",")).contains("memory");
    }
}
