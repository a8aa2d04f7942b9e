package io.scopegate.client;

import java.time.Instant;
import java.util.List;

/**
 * What a server makes of its models.
 *
 * @param versions of each model the highest first; that model comes first which is for clients that name none
 * @param pinned {@code NAME/VERSION} of each model that is pinned
 * @param halted why none is to be served, for each model of which that was said by hand
 * @param problems why the repository could not be read, for each model that is concerned
 * @param lookedAt when the server last looked for every model, by its own clock
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
