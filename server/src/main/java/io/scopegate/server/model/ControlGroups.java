package io.scopegate.server.model;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Either version of Linux's control groups, and the files by which each limits memory. */
enum ControlGroups {
    FIRST(
            "sys/fs/cgroup/memory",
            "memory.limit_in_bytes",
            "memory.usage_in_bytes",
            "total_inactive_file",
            "total_active_file"),
    SECOND("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file", "active_file");

    /** Words of a line of {@code mountinfo} before the optional ones, which a dash ends. */
    private static final int MOUNT_ROOT = 3;

    private static final int MOUNT_POINT = 4;

    private final String usual;
    private final String limit;
    private final String taken;
    private final List<String> cache;

    /** @param usual where they are mounted if the kernel does not say */
    ControlGroups(String usual, String limit, String taken, String... cache) {
        this.usual = usual;
        this.limit = limit;
        this.taken = taken;
        this.cache = List.of(cache);
    }

    /**
     * Where groups are seen.
     *
     * @param top the group that is seen at the point, as groups are named
     * @param point folder
     */
    private record Mount(Path top, Path point) {}

    /**
     * The folders of those groups that limit this process: its own and all around it, as far as it can see them. A
     * container sees its own at the top.
     *
     * @param root where {@code proc} and {@code sys} are looked for
     */
    List<Path> limiting(Path root) {
        try {
            Mount mount = mount(root).orElseGet(() -> new Mount(Path.of("/"), root.resolve(usual)));
            return around(own(root, mount), mount);
        } catch (InvalidPathException e) {
            // A name with letters that the language of this process does not have.
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

    /** What a group may still take, in bytes; {@link Long#MAX_VALUE} where it has no limit or does not tell. */
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

    /** The folder of this process's group; that at the top where its own is not seen. */
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

    /** By the controllers of a hierarchy, of which the second version has one for all, without a name. */
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

    /** Behind the dash come the kind of file system, its source and its options. */
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
