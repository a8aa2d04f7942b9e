package io.scopegate.client;

import java.time.Instant;
import java.util.List;

/**
 * The state of a server's models.
 *
 * @param versions all versions, grouped by model, the highest version of each model first; the default model comes
 *     first
 * @param pinned {@code NAME/VERSION} of each pinned model
 * @param halted for each model that was stopped by {@link ModelAdmin#unload}: why no version of it is served
 * @param problems for each affected model: why its repository could not be read, or what in it is ignored
 * @param lookedAt when the server last scanned the repository of every model, by the server's clock
 */
public record ModelRepositoryState(
        List<ModelVersionState> versions,
        List<String> pinned,
        List<String> halted,
        List<String> problems,
        Instant lookedAt) {

    /** Copies the lists. */
    public ModelRepositoryState {
        versions = List.copyOf(versions);
        pinned = List.copyOf(pinned);
        halted = List.copyOf(halted);
        problems = List.copyOf(problems);
    }
}
