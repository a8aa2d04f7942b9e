package io.scopegate.inference.engine;

import java.nio.file.Path;

/**
 * Builds an engine.
 *
 * @param <E> exception that it throws if it cannot
 */
@FunctionalInterface
public interface EngineBuilder<E extends Exception> {

    /**
     * Writes the engine's files, no directories. All of them but {@code *.timing} become the engine.
     *
     * @param into holds the timings of earlier builds, {@code *.timing}, or nothing
     */
    void build(Path into) throws E;
}
