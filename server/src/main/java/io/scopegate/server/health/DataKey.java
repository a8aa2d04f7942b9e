package io.scopegate.server.health;

import io.scopegate.server.model.Models;
import io.scopegate.server.model.NamedModel;

/** Names the entries of a model on a health page that covers all models. */
final class DataKey {

    private DataKey() {}

    /** Returns the plain key if only one model is served, {@code NAME: key} if there are several. */
    static String of(Models models, NamedModel model, String key) {
        return models.all().size() == 1 ? key : model.name() + ": " + key;
    }
}
