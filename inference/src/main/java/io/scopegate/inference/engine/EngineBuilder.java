package io.scopegate.inference.engine;

import java.nio.file.Path;

/**
 * What makes an engine.
 *
 * @param <E> what it throws if it cannot
 */
@FunctionalInterface
public interface EngineBuilder<E extends Exception> {

    /**
     * Writes the engine's files, no directories. All but {@code *.timing} become the engine.
     *
     * @param into holds what earlier builds timed, {@code *.timing}, or nothing
     */
    void build(Path into) throws E;
}
