package io.scopegate.trainer.train;

import io.scopegate.bundle.model.Digests;
import java.io.IOException;
import java.nio.file.Path;

/** The weights that a run keeps, by the digest that its state has of them. */
final class KeptWeights {

    private KeptWeights() {}

    /**
     * Refuses others.
     *
     * @throws IOException with both digests, or if the file cannot be read
     */
    static void require(Path file, String kept) throws IOException {
        String found = Digests.sha256(file);
        if (!found.equals(kept)) {
            throw new IOException(
                    "%s: the weights that the run kept by its state, SHA-256 %s, not %s".formatted(file, kept, found));
        }
    }
}
