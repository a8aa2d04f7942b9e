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
 * The weights that a run keeps, by the digest that its state has of them. New ones lie beside the file until the state names
 * them: a process that is killed in between leaves those that the state names, whether it names the old or the new.
 *
 * @param file of the weights
 */
record KeptWeights(Path file) {

    /**
     * Writes new ones beside the file.
     *
     * @return their SHA-256, for the state
     */
    String write(StateDict weights) throws IOException {
        SafeTensors.write(weights, next());
        return Digests.sha256(next());
    }

    /** Gives those beside the file, if there are any, its place: the state names them. */
    void take() throws IOException {
        if (Files.exists(next())) {
            Files.move(next(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Puts right what a process left that was killed.
     *
     * @param kept by the state; null if it names none
     * @throws IOException if there are others than those, or none
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
     * Refuses others.
     *
     * @throws IOException with both digests, or if the file cannot be read
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
