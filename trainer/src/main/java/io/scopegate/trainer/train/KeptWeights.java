package io.scopegate.trainer.train;

import io.scopegate.bundle.model.Digests;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * The file of the weights that a run keeps. The run's state names them by their SHA-256. New weights are first written
 * to a second file beside it and move into place once the state names them. If the process is killed in between, the
 * weights that the state names are still there, whether these are the old or the new ones.
 *
 * @param file file of the kept weights
 */
record KeptWeights(Path file) {

    /**
     * Writes new weights to the file beside this one.
     *
     * @return their SHA-256, for the state
     */
    String write(StateDict weights) throws IOException {
        SafeTensors.write(weights, next());
        return Digests.sha256(next());
    }

    /** Moves the new weights, if there are any, into place. Call it once the state names them. */
    void take() throws IOException {
        if (Files.exists(next())) {
            Files.move(next(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Recovers from a killed process: moves new weights into place if the state names them, and deletes them otherwise.
     *
     * @param kept SHA-256 of the weights that the state names; null if it names none
     * @throws IOException if the file is missing or has other weights than the state names
     */
    void recover(@Nullable String kept) throws IOException {
        if (Files.exists(next()) && Digests.sha256(next()).equals(kept)) {
            take();
        }
        Files.deleteIfExists(next());
        if (kept != null) {
            require(kept);
        }
    }

    /**
     * Checks that the file has the weights with this SHA-256.
     *
     * @throws IOException with both digests, if it has others; or if the file cannot be read
     */
    void require(String kept) throws IOException {
        String found = Digests.sha256(file);
        if (!found.equals(kept)) {
            throw new IOException("%s: not the weights that the training state names: expected SHA-256 %s, got %s"
                    .formatted(file, kept, found));
        }
    }

    private Path next() {
        return file.resolveSibling(file.getFileName() + ".next");
    }
}
