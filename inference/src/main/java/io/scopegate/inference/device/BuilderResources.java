package io.scopegate.inference.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files beside TensorRT's library that its builder opens by name: one for each architecture, a general one ({@code
 * ptx}) and, in earlier versions, a single one for all architectures.
 *
 * @param folder where the library is
 */
record BuilderResources(Path folder) {

    private static final String FILE = "libnvinfer_builder_resource";

    /**
     * Finds the folder of a library that this process has loaded.
     *
     * @param library name by which it was loaded
     * @param maps where Linux lists the files that are mapped into this process
     * @return empty if that cannot be found out
     */
    static Optional<BuilderResources> beside(String library, Path maps) {
        try (Stream<String> lines = Files.lines(maps)) {
            return lines.filter(line -> line.indexOf('/') >= 0)
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .filter(file -> String.valueOf(file.getFileName()).startsWith(library))
                    .findFirst()
                    .map(file -> new BuilderResources(file.resolveSibling("")));
        } catch (IOException | UncheckedIOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns whether the builder has its resource for an architecture such as {@code sm_90}.
     *
     * @throws IOException if the folder cannot be listed
     */
    boolean cover(String architecture) throws IOException {
        String own = FILE + "_" + architecture.replace("_", "") + ".so";
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .anyMatch(name -> name.startsWith(own) || name.startsWith(FILE + ".so"));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
