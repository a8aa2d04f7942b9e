package io.scopegate.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibtorchPathTest {

    @TempDir
    Path root;

    @Test
    void variableThatIsNotSetIsNamed() {
        assertThat(new LibtorchPath(Optional.empty()).found()).isEqualTo("PYTORCH_LIBRARY_PATH is not set");
    }

    @Test
    void foldersWithoutLibtorchAreNamed() {
        LibtorchPath path = new LibtorchPath(Optional.of(root.toString()));

        assertThat(path.folder()).isEmpty();
        assertThat(path.found()).isEqualTo("no libtorch.so in PYTORCH_LIBRARY_PATH=" + root);
    }

    @Test
    void cpuAndCudaLibtorchAreDistinguished() throws IOException {
        Path folder = libtorch("libtorch.so");
        LibtorchPath path = new LibtorchPath(Optional.of(root + File.pathSeparator + folder));

        assertThat(path.folder()).contains(folder);
        assertThat(path.found()).isEqualTo("libtorch without CUDA in " + folder);
        assertThat(LibtorchPath.flavor(folder)).isEqualTo("cpu");

        Files.createFile(folder.resolve("libtorch_cuda.so"));

        assertThat(path.found()).startsWith("libtorch with CUDA in " + folder);
        assertThat(LibtorchPath.flavor(folder)).isEqualTo("cu128");
    }

    @Test
    void otherVersionIsRefused() throws IOException {
        Path folder = libtorch("libtorch.so");
        assertThatCode(() -> LibtorchPath.requireVersion(folder)).doesNotThrowAnyException();

        Files.writeString(root.resolve("libtorch/build-version"), "2.7.1+cu128\n");
        assertThatCode(() -> LibtorchPath.requireVersion(folder)).doesNotThrowAnyException();

        Files.writeString(root.resolve("libtorch/build-version"), "2.7.10+cu128\n");
        assertThatThrownBy(() -> LibtorchPath.requireVersion(folder))
                .hasMessage("PYTORCH_LIBRARY_PATH: libtorch 2.7.1, not 2.7.10+cu128 in " + folder);
    }

    @Test
    void otherVersionThatPipInstalledIsRefused() throws IOException {
        Path folder = libtorch("libtorch.so");
        Path python = root.resolve("libtorch/version.py");

        Files.writeString(python, pythonVersion("2.7.1+cpu"));
        assertThatCode(() -> LibtorchPath.requireVersion(folder)).doesNotThrowAnyException();

        Files.writeString(python, pythonVersion("2.6.0+cu124"));
        assertThatThrownBy(() -> LibtorchPath.requireVersion(folder))
                .hasMessage("PYTORCH_LIBRARY_PATH: libtorch 2.7.1, not 2.6.0+cu124 in " + folder);
    }

    /** Returns the beginning of PyTorch's version.py. */
    private static String pythonVersion(String version) {
        return """
                from typing import Optional

                __all__ = ['__version__', 'debug', 'cuda', 'git_version', 'hip', 'xpu']
                __version__ = '%s'
                debug = False
                """.formatted(version);
    }

    private Path libtorch(String file) throws IOException {
        Path folder = Files.createDirectories(root.resolve("libtorch/lib"));
        Files.createFile(folder.resolve(file));
        return folder;
    }
}
