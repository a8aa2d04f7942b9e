package io.scopegate.inference.engine;

import java.nio.file.Path;

/** What a cache holds in the directory of an engine. */
public sealed interface CachedEngine {

    /** Returns its directory. */
    Path path();

    /** Returns the size of its files in bytes. */
    long bytes();

    /**
     * An intact engine, of which every byte was read.
     *
     * @param path its directory
     * @param bytes size of its files
     * @param key all that it depends on
     * @param built when, and how long it took
     */
    record Sound(Path path, long bytes, EngineKey key, BuildTime built) implements CachedEngine {}

    /**
     * Something that cannot be read at the moment, for example for lack of permission. Nobody can tell what it is.
     *
     * @param path its directory
     * @param bytes size of its files, as far as they can be read
     * @param reason names the file and why it cannot be read
     */
    record Unreadable(Path path, long bytes, String reason) implements CachedEngine {}

    /**
     * Something that must not be used.
     *
     * @param path its directory
     * @param bytes size of its files, as far as they can be read
     * @param reason names the file and what is wrong with it
     */
    record Unsound(Path path, long bytes, String reason) implements CachedEngine {}
}
