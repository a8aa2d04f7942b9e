package io.scopegate.trainer.network;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a user's own libtorch is looked for, in place of the one for CPUs that comes with the project.
 *
 * @param value of the environment variable: folders as in {@code PATH}
 */
record LibtorchPath(Optional<String> value) {

    /** The environment variable, which the engine reads too. */
    static final String VARIABLE = "PYTORCH_LIBRARY_PATH";

    /** What GPUs need. */
    static final String FOR_GPUS = "libtorch 2.7.1 with CUDA 12.8 in " + VARIABLE + " and an NVIDIA driver";

    /** The only version that the engine's native part fits. */
    private static final String VERSION = "2.7.1";

    static LibtorchPath ofEnvironment() {
        return new LibtorchPath(Optional.ofNullable(System.getenv(VARIABLE)));
    }

    /** The first folder with a libtorch.so. */
    Optional<Path> folder() {
        return value.stream()
                .flatMap(folders -> Arrays.stream(folders.split(File.pathSeparator)))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .filter(folder -> Files.isRegularFile(folder.resolve("libtorch.so")))
                .findFirst();
    }

    /** Which of the engine's native parts fits the libtorch in a folder. */
    static String flavor(Path folder) {
        return hasCuda(folder) ? "cu128" : "cpu";
    }

    private static boolean hasCuda(Path folder) {
        return Files.isRegularFile(folder.resolve("libtorch_cuda.so"));
    }

    /**
     * Fails where a libtorch says that it is another version: it may load all the same, and go wrong in the midst.
     *
     * @throws IllegalArgumentException if it is another version
     */
    static void requireVersion(Path folder) throws IllegalArgumentException {
        String version = version(folder);
        if (!version.isEmpty() && !version.split("\\+", 2)[0].equals(VERSION)) {
            throw new IllegalArgumentException(
                    VARIABLE + ": libtorch " + VERSION + ", not " + version + " in " + folder);
        }
    }

    /** As libtorch's archive states it beside its lib folder; empty where it is not stated. */
    private static String version(Path folder) {
        Path stated = folder.toAbsolutePath().resolveSibling("build-version");
        try {
            return Files.isRegularFile(stated) ? Files.readString(stated).strip() : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** In words: what there is, for somebody who wonders why a GPU cannot be used. */
    String found() {
        if (value.isEmpty()) {
            return VARIABLE + " is not set";
        }
        return folder().map(LibtorchPath::found).orElse("no libtorch.so in " + VARIABLE + "=" + value.get());
    }

    private static String found(Path folder) {
        return hasCuda(folder)
                ? "libtorch with CUDA in " + folder + ", but not this GPU, or no driver for it"
                : "libtorch without CUDA in " + folder;
    }
}
