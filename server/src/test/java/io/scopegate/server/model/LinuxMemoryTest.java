package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxMemoryTest {

    private static final String SECOND_AT_THE_USUAL_PLACE =
            "31 23 0:28 / /proc rw - proc proc rw\n30 23 0:27 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n";

    @TempDir
    Path root;

    @Test
    void freeMemoryIsMemAvailable() throws IOException {
        write("proc/meminfo", "MemTotal: 9 kB\nMemFree:  1 kB\nMemAvailable:   3 kB\n");

        assertThat(new LinuxMemory(root).bytes()).isEqualTo(3 * 1024);
    }

    @Test
    void aContainersLimitCountsWhereItIsLower() throws IOException {
        write("proc/meminfo", "MemAvailable: 1000 kB\n");
        write("sys/fs/cgroup/memory.max", "5000\n");
        write("sys/fs/cgroup/memory.current", "4000\n");
        write("sys/fs/cgroup/memory.stat", "anon 3500\ninactive_file 200\nactive_file 100\n");

        assertThat(new LinuxMemory(root).bytes()).isEqualTo(5000 - 4000 + 300);
    }

    @Test
    void cgroupV1LimitIsApplied() throws IOException {
        write("proc/meminfo", "MemAvailable: 1000 kB\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "5000\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "6000\n");

        assertThat(new LinuxMemory(root).bytes()).isZero();
    }

    @Test
    void aContainerWithoutLimitHasTheMachines() throws IOException {
        write("proc/meminfo", "MemAvailable: 2 kB\n");
        write("sys/fs/cgroup/memory.max", "max\n");
        write("sys/fs/cgroup/memory.current", "4000\n");

        assertThat(new LinuxMemory(root).bytes()).isEqualTo(2048);
    }

    @Test
    void theProcesssOwnGroupCounts() throws IOException {
        write("proc/meminfo", "MemAvailable: 1000 kB\n");
        write("proc/self/cgroup", "0::/system.slice/scopegate.service\n");
        write("proc/self/mountinfo", SECOND_AT_THE_USUAL_PLACE);
        limit("sys/fs/cgroup/system.slice/scopegate.service", "5000", "4000", 300);

        assertThat(new LinuxMemory(root).bytes()).isEqualTo(1300);
    }

    @Test
    void parentCgroupLimitIsAppliedWhenItHasLessLeft() throws IOException {
        write("proc/self/cgroup", "0::/system.slice/scopegate.service\n");
        write("proc/self/mountinfo", SECOND_AT_THE_USUAL_PLACE);
        limit("sys/fs/cgroup/system.slice", "6000", "5900", 0);
        limit("sys/fs/cgroup/system.slice/scopegate.service", "max", "4000", 300);

        assertThat(new LinuxMemory(root).bytes()).isEqualTo(100);
    }

    @Test
    void ownCgroupV1IsFoundByItsMemoryController() throws IOException {
        write("proc/self/cgroup", "5:cpu,cpuacct:/other\n4:memory:/apps/scopegate\n1:name=systemd:/other\n0::/\n");
        write(
                "proc/self/mountinfo",
                "32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu\n"
                        + "35 31 0:32 / /groups/memory rw,relatime shared:9 master:1 - cgroup cgroup rw,memory\n");
        write("groups/memory/apps/scopegate/memory.limit_in_bytes", "5000\n");
        write("groups/memory/apps/scopegate/memory.usage_in_bytes", "4000\n");
        write(
                "groups/memory/apps/scopegate/memory.stat",
                "inactive_file 1\ntotal_inactive_file 200\nactive_file 1\ntotal_active_file 100\n");
        write("groups/memory/other/memory.limit_in_bytes", "1\n");
        write("groups/memory/other/memory.usage_in_bytes", "1\n");

        assertThat(new LinuxMemory(root).bytes()).isEqualTo(1300);
    }

    @Test
    void cgroupPathIsResolvedRelativeToTheMountRoot() throws IOException {
        write("proc/self/cgroup", "4:memory:/docker/1234/inner\n");
        write(
                "proc/self/mountinfo",
                "35 31 0:32 /docker/1234 /sys/fs/cgroup/memory ro,nosuid - cgroup cgroup rw,memory\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "5000\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "4000\n");
        write("sys/fs/cgroup/memory/inner/memory.limit_in_bytes", "700\n");
        write("sys/fs/cgroup/memory/inner/memory.usage_in_bytes", "0\n");

        assertThat(new LinuxMemory(root).bytes()).isEqualTo(700);
    }

    @Test
    void mountedRootCgroupIsUsedWhenTheOwnGroupIsNotVisible() throws IOException {
        write("proc/self/cgroup", "0::/kubepods/pod1/abc\n");
        write("proc/self/mountinfo", SECOND_AT_THE_USUAL_PLACE);
        limit("sys/fs/cgroup", "5000", "4000", 0);

        assertThat(new LinuxMemory(root).bytes()).isEqualTo(1000);
    }

    @Test
    void filesThatSaySomethingElseSetNoLimit() throws IOException {
        write("proc/meminfo", "MemAvailable: 2 kB\n");
        write("proc/self/cgroup", "what is this\n");
        write("proc/self/mountinfo", "1 2 3\n\n35 31 0:32 / /sys/fs/cgroup -\n");
        limit("sys/fs/cgroup", "much", "4000", 0);

        assertThat(new LinuxMemory(root).bytes()).isEqualTo(2048);
    }

    @Test
    void freeMemoryIsUnlimitedWithoutAnySourceFile() {
        assertThat(new LinuxMemory(root).bytes()).isEqualTo(Long.MAX_VALUE);
    }

    /** Writes the files of a cgroup v2 group. */
    private void limit(String group, String most, String taken, long cache) throws IOException {
        write(group + "/memory.max", most + "\n");
        write(group + "/memory.current", taken + "\n");
        write(group + "/memory.stat", "anon 1\ninactive_file " + cache + "\n");
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
