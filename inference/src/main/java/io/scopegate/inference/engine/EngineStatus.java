package io.scopegate.inference.engine;

import java.util.List;

/**
 * An engine that is wanted and not there.
 *
 * @param models which wait for it, as they were named in their orders
 * @param text since when it is being built, or why it is not and when that is tried again; for people
 */
public record EngineStatus(List<String> models, String text) {

    public EngineStatus {
        models = List.copyOf(models);
    }
}
