package io.scopegate.inference.engine;

import java.util.function.Consumer;

/**
 * Receives lines for people on how builds go. May be called from any thread.
 *
 * @param progress receives that a build starts, goes on or has ended
 * @param problem receives that a build has failed, or that an engine cannot be used
 */
public record BuildLog(Consumer<String> progress, Consumer<String> problem) {}
