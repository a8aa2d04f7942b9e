package io.scopegate.trainer.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.bundle.model.Digests;
import io.scopegate.trainer.network.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Writes training states for tests that do not train. */
public final class WrittenState {

    private WrittenState() {}

    /**
     * Writes the state of a run of {@code plan} that is about to begin {@code epoch}.
     *
     * @param kept file of the weights that the run has kept
     */
    public static void write(Path file, JsonNode plan, int epoch, StateDict weights, Path kept) throws IOException {
        Position position = new Position(epoch, 0, 0, Tally.Sums.NONE, -1, 0, Digests.sha256(kept));
        StateFile.write(file, plan, new StateFile.Saved(position, weights, weights, weights, Optional.empty()));
    }
}
