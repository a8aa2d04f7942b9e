package io.scopegate.inference.engine;

import java.util.List;

/**
 * An engine that is wanted and cannot be used yet.
 *
 * @param models the models that wait for it, as they were named in their requests
 * @param text how long it has been building or waiting for its turn, or why it failed and when it is tried again; for
 *     people
 */
public record EngineStatus(List<String> models, String text) {

    public EngineStatus {
        models = List.copyOf(models);
    }
}
