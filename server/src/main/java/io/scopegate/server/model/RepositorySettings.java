package io.scopegate.server.model;

import java.util.List;

/**
 * Which models to serve.
 *
 * @param models at least one; the first is for clients that name none
 */
public record RepositorySettings(List<ModelSettings> models) {

    public RepositorySettings {
        models = List.copyOf(models);
    }

    /** Returns the settings of the model for clients that name none. */
    public ModelSettings first() {
        return models.getFirst();
    }
}
