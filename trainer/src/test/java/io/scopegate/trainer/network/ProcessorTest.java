package io.scopegate.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessorTest {

    private static final String INTEL = "vendor_id : GenuineIntel\nflags : fpu avx512f\n";
    private static final String AMD = "vendor_id : AuthenticAMD\nflags : fpu avx512f\n";
    private static final String AMD_WITH_TOPOLOGY = "vendor_id : AuthenticAMD\nflags : fpu topoext avx512f\n";

    @TempDir
    Path root;

    /**
     * Linux lists caches. An Intel processor reports its caches too, but an AMD processor only if it has the flag
     * {@code topoext}.
     */
    @Test
    void cachesAreReportedByIntelAndByAmdWithTopoext() throws IOException {
        Files.createDirectories(root.resolve("sys/devices/system/cpu/cpu0/cache/index2"));

        assertThat(with(INTEL).tellsCaches()).isTrue();
        assertThat(with(AMD_WITH_TOPOLOGY).tellsCaches()).isTrue();
        assertThat(with(AMD).tellsCaches()).isFalse();
    }

    /** Linux lists no caches, as on a virtual machine that hides them. */
    @Test
    void cachesAreNotReportedIfTheSystemListsNone() throws IOException {
        assertThat(with(INTEL).tellsCaches()).isFalse();
        assertThat(with(AMD_WITH_TOPOLOGY).tellsCaches()).isFalse();
    }

    /** There is no {@code cpuinfo}, with or without a list of caches. */
    @Test
    void cachesAreNotReportedWithoutCpuinfo() throws IOException {
        assertThat(new Processor(root).tellsCaches()).isFalse();
        Files.createDirectories(root.resolve("sys/devices/system/cpu/cpu0/cache/index2"));
        assertThat(new Processor(root).tellsCaches()).isFalse();
    }

    private Processor with(String information) throws IOException {
        Files.writeString(Files.createDirectories(root.resolve("proc")).resolve("cpuinfo"), information);
        return new Processor(root);
    }
}
