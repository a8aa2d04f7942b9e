package io.scopegate.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a server makes of its repository of models.
 *
 * @param versions the highest first
 * @param pinned {@code NAME/VERSION}, if one is pinned
 * @param halted why none is to be served, if that was said by hand
 * @param problem why the repository could not be read, if it could not
 * @param lookedAt when the server last looked, by its own clock
 */
public record ModelRepositoryState(
        List<ModelVersionState> versions,
        Optional<String> pinned,
        Optional<String> halted,
        Optional<String> problem,
        Instant lookedAt) {

    /** Copies the versions. */
    public ModelRepositoryState {
        versions = List.copyOf(versions);
    }
}
