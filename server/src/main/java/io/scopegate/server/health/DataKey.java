package io.scopegate.server.health;

import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;

/** What a figure of a model is called in a health page that tells of all of them. */
final class DataKey {

    private DataKey() {}

    /** The plain key where one model alone is served, {@code NAME: key} where there are several. */
    static String of(Models models, NamedModel model, String key) {
        return models.all().size() == 1 ? key : model.name() + ": " + key;
    }
}
