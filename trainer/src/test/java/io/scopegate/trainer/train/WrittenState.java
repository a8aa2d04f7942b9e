package io.scopegate.trainer.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.bundle.model.Digests;
import io.scopegate.trainer.network.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** States for tests that do not fit. */
public final class WrittenState {

    private WrittenState() {}

    /**
     * Of a run by that plan which is about to begin that epoch.
     *
     * @param kept file of the weights that it kept
     */
    public static void write(Path file, JsonNode plan, int epoch, StateDict weights, Path kept) throws IOException {
        Position position = new Position(epoch, 0, 0, Tally.Sums.NONE, -1, 0, Digests.sha256(kept));
        StateFile.write(file, plan, new StateFile.Saved(position, List.of(weights, weights, weights)));
    }
}
