package io.scopegate.trainer.network;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the user's own libtorch, which is used instead of the one for CPUs that comes with the project.
 *
 * @param value value of the environment variable: a list of folders as in {@code PATH}; empty if it is not set
 */
record LibtorchPath(Optional<String> value) {

    /** Name of the environment variable; the engine reads it, too. */
    static final String VARIABLE = "PYTORCH_LIBRARY_PATH";

    /** The requirements of GPUs, for messages. */
    static final String FOR_GPUS = "libtorch 2.7.1 with CUDA 12.8 in " + VARIABLE + " and an NVIDIA driver";

    /** The only version that the engine's native library works with. */
    private static final String VERSION = "2.7.1";

    /** The version in PyTorch's version.py, such as {@code __version__ = '2.7.1+cpu'}. */
    private static final Pattern PYTHON_VERSION =
            Pattern.compile("^__version__\\s*=\\s*['\"]([^'\"]+)['\"]", Pattern.MULTILINE);

    static LibtorchPath ofEnvironment() {
        return new LibtorchPath(Optional.ofNullable(System.getenv(VARIABLE)));
    }

    /** Returns the first folder that contains a libtorch.so. */
    Optional<Path> folder() {
        return value.stream()
                .flatMap(folders -> Arrays.stream(folders.split(File.pathSeparator)))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .filter(folder -> Files.isRegularFile(folder.resolve("libtorch.so")))
                .findFirst();
    }

    /** Returns the flavour of the engine's native library that works with the libtorch in a folder. */
    static String flavor(Path folder) {
        return hasCuda(folder) ? "cu128" : "cpu";
    }

    private static boolean hasCuda(Path folder) {
        return Files.isRegularFile(folder.resolve("libtorch_cuda.so"));
    }

    /**
     * Checks the version of a libtorch. Another version may well load, but fail later, in the middle of a computation.
     * A libtorch that states no version passes.
     *
     * @throws IllegalArgumentException if it states another version
     */
    static void requireVersion(Path folder) throws IllegalArgumentException {
        String version = version(folder);
        if (!version.isEmpty() && !version.split("\\+", 2)[0].equals(VERSION)) {
            throw new IllegalArgumentException(
                    VARIABLE + ": libtorch " + VERSION + ", not " + version + " in " + folder);
        }
    }

    /**
     * Returns the version that is stated beside the lib folder, by libtorch's archive or by PyTorch as pip installs it;
     * empty if none is.
     */
    private static String version(Path folder) {
        Path lib = folder.toAbsolutePath().normalize();
        Path archive = lib.resolveSibling("build-version");
        Path python = lib.resolveSibling("version.py");
        try {
            if (Files.isRegularFile(archive)) {
                return Files.readString(archive).strip();
            }
            Matcher stated = PYTHON_VERSION.matcher(Files.isRegularFile(python) ? Files.readString(python) : "");
            return stated.find() ? stated.group(1) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** Describes in words what was found, to explain why a GPU cannot be used. */
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
