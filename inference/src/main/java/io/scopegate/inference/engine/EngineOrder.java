package io.scopegate.inference.engine;

import io.scopegate.inference.target.TargetUnavailableException;

/**
 * An engine that somebody wants.
 *
 * @param key which
 * @param model for people: whose network it is, such as {@code NAME/VERSION}
 * @param builder makes it, on another thread
 */
public record EngineOrder(EngineKey key, String model, EngineBuilder<TargetUnavailableException> builder) {

    /** For people. */
    String name() {
        return "engine of " + model + " in " + key.make().precision().text();
    }
}
