package io.scopegate.inference.engine;

import io.scopegate.inference.target.TargetUnavailableException;

/**
 * A request for an engine.
 *
 * @param key identifies the engine
 * @param model the model whose network it is, such as {@code NAME/VERSION}; for people, and to find other versions of
 *     it
 * @param builder makes the engine, on another thread
 */
public record EngineRequest(EngineKey key, String model, EngineBuilder<TargetUnavailableException> builder) {

    /** Returns the name for people. */
    String name() {
        return "engine of " + model + " in " + key.specification().precision().text();
    }
}
