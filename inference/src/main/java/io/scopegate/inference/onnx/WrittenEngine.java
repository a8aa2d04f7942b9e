package io.scopegate.inference.onnx;

import io.scopegate.inference.target.TargetUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks what ONNX Runtime's provider has written of an engine. The provider does not report that a disk was full, and
 * what it reads from an empty file is undefined.
 */
final class WrittenEngine {

    private static final String ENGINE = ".engine";

    private WrittenEngine() {}

    /** @throws TargetUnavailableException if a file is missing or empty */
    static void require(Path directory) throws TargetUnavailableException {
        try {
            Optional<String> fault = fault(directory);
            if (fault.isPresent()) {
                long free = Files.getFileStore(directory).getUsableSpace() / 1_000_000;
                throw new TargetUnavailableException("the engine could not be written completely: " + fault.get() + "; "
                        + free + " MB free in " + directory.getParent()
                        + ". Free some space, or set another directory in scopegate.inference.engine-cache");
            }
        } catch (IOException e) {
            throw new TargetUnavailableException(directory + ": cannot read the engine that was built: " + e, e);
        }
    }

    private static Optional<String> fault(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> written = Files.list(directory)) {
            files = written.sorted().toList();
        }
        for (Path file : files) {
            if (Files.size(file) == 0) {
                return Optional.of(file.getFileName() + " is empty");
            }
        }
        boolean there = files.stream().anyMatch(file -> file.toString().endsWith(ENGINE));
        return there ? Optional.empty() : Optional.of("a file " + ENGINE + " is missing");
    }
}
