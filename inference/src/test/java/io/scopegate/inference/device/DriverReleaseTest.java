package io.scopegate.inference.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverReleaseTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "'NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03  Thu Oct 19 18:56:32 UTC 2023', 535.129.03",
        "'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build  (root@host)', 580.65.06",
        "'NVRM version: NVIDIA UNIX x86_64 Kernel Module 390.48 Thu Mar 22 00:42:57 PDT 2018', 390.48"
    })
    void theKernelModuleTellsTheVersion(String line, String version) throws IOException {
        Path file = Files.writeString(
                directory.resolve("version"), line + "\nGCC version:  gcc version 12.2.0 (Debian 12.2.0-14)\n");

        assertThat(new DriverRelease(file).text()).isEqualTo(version);
    }

    @Test
    void driverReleaseIsUnknownWithoutAVersionInTheFile() throws IOException {
        assertThat(new DriverRelease(directory.resolve("none")).text()).isEqualTo("unknown");
        assertThat(new DriverRelease(Files.writeString(directory.resolve("other"), "GCC version: 12.2.0\n")).text())
                .isEqualTo("unknown");
    }
}
