package io.scopegate.inference.engine;

import java.util.function.Consumer;

/**
 * Hears, a line at a time and for people, how builds go. Any thread.
 *
 * @param progress one starts, goes on or has ended
 * @param problem one has failed, or an engine cannot be used
 */
public record BuildLog(Consumer<String> progress, Consumer<String> problem) {}
