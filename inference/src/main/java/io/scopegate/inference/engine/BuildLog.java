package io.scopegate.inference.engine;

import java.util.function.Consumer;

/**
 * Receives lines for people on how builds go. May be called from any thread.
 *
 * @param progress receives a line when a build starts, goes on or has ended
 * @param problem receives a line when a build may fail or has failed, or an engine cannot be used
 */
public record BuildLog(Consumer<String> progress, Consumer<String> problem) {}
