package io.scopegate.inference.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class BuilderResourcesTest {

    @TempDir
    Path directory;

    private Path folder;
    private Path maps;

    /** The same form as in {@code /proc/self/maps}. */
    @BeforeEach
    void aProcessThatHasLoadedTensorRt() throws IOException {
        folder = Files.createDirectory(directory.resolve("Tensor RT"));
        Files.createFile(folder.resolve("libnvinfer_builder_resource_ptx.so.10.15.1"));
        maps = directory.resolve("maps");
        Files.writeString(maps, """
                55d0c0a00000-55d0c0a02000 r--p 00000000 08:01 131    /usr/bin/java
                7f1000000000-7f1000021000 rw-p 00000000 00:00 0
                7f2000000000-7f2000001000 r--p 00000000 08:01 1311    /usr/lib/libnvinfer_plugin.so.10.15.1
                7f2100000000-7f2100001000 r-xp 00000000 08:01 1312    %s/libnvinfer.so.10.15.1
                7f2200000000-7f2200022000 rw-p 00000000 00:00 0    [stack]
                """.formatted(folder));
    }

    @ParameterizedTest
    @CsvSource({
        "libnvinfer_builder_resource_sm90.so.10.15.1, true",
        "libnvinfer_builder_resource.so.10.3.0, true",
        "libnvinfer_builder_resource_sm89.so.10.15.1, false",
        "libnvinfer_builder_resource_win_sm90.so.10.15.1, false",
        "libnvonnxparser.so.10, false"
    })
    void whatTheBuilderHasForAnArchitectureLiesBesideTheLibrary(String file, boolean has) throws IOException {
        Files.createFile(folder.resolve(file));

        assertThat(new InstalledTensorRt("libnvinfer.so.10", maps).hasBuilderResource("sm_90"))
                .isEqualTo(has);
    }

    @Test
    void nothingIsMissedWhereItCannotBeLookedFor() throws IOException {
        assertThat(new InstalledTensorRt("libnvinfer.so.10", directory.resolve("none")).hasBuilderResource("sm_90"))
                .isTrue();
        assertThat(new InstalledTensorRt("libabsent.so.10", maps).hasBuilderResource("sm_90"))
                .isTrue();

        Files.delete(folder.resolve("libnvinfer_builder_resource_ptx.so.10.15.1"));
        Files.delete(folder);
        assertThat(new InstalledTensorRt("libnvinfer.so.10", maps).hasBuilderResource("sm_90"))
                .isTrue();
    }

    /** Linux opens the network folder of a process that has ended and is not waited for, but does not list it. */
    @Test
    @Timeout(60)
    void folderThatOpensButCannotBeListedIsAFaultOfReading() throws IOException {
        Process parent = new ProcessBuilder("sh", "-c", "exec 3<&0; cat <&3 & echo $!; exec sleep 60 3<&-").start();
        try (BufferedReader started = parent.inputReader()) {
            Path ended = Path.of("/proc", started.readLine());
            parent.getOutputStream().close();
            while (!Files.readString(ended.resolve("status")).contains("Z (zombie)")) {
                Thread.onSpinWait();
            }

            assertThatThrownBy(() -> new BuilderResources(ended.resolve("net")).cover("sm_90"))
                    .isInstanceOf(IOException.class);
        } finally {
            parent.destroy();
        }
    }

    /** The C library is loaded in every process. */
    @Test
    void thisProcessTellsWhereItsLibrariesAre() {
        assertThat(BuilderResources.beside("libc.so.6", Path.of("/proc/self/maps")))
                .hasValueSatisfying(
                        found -> assertThat(found.folder().resolve("libc.so.6")).exists());
    }
}
