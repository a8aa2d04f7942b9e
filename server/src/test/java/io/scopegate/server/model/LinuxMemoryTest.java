package io.scopegate.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxMemoryTest {

    @TempDir
    Path root;

    @Test
    void whatTheMachineCallsAvailableIsFree() throws IOException {
        write("proc/meminfo", "MemTotal: 9 kB\nMemFree:  1 kB\nMemAvailable:   3 kB\n");

        assertThat(new LinuxMemory(root).bytes()).isEqualTo(3 * 1024);
    }

    @Test
    void aContainersLimitCountsWhereItIsLower() throws IOException {
        write("proc/meminfo", "MemAvailable: 1000 kB\n");
        write("sys/fs/cgroup/memory.max", "5000\n");
        write("sys/fs/cgroup/memory.current", "4000\n");
        write("sys/fs/cgroup/memory.stat", "anon 3500\ninactive_file 300\n");

        assertThat(new LinuxMemory(root).bytes()).isEqualTo(5000 - 4000 + 300);
    }

    @Test
    void aContainerOfTheFirstKindIsReadToo() throws IOException {
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
    void whereNothingIsToldAnythingIsFree() {
        assertThat(new LinuxMemory(root).bytes()).isEqualTo(Long.MAX_VALUE);
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
