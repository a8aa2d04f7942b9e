package io.scopegate.inference.engine;

import java.nio.file.Path;

/** What lies in a cache in an engine's place. */
public sealed interface CachedEngine {

    /** Its directory. */
    Path path();

    /** Size of its files. */
    long bytes();

    /**
     * An engine of which every byte was read.
     *
     * @param path its directory
     * @param bytes size of its files
     * @param key all that it depends on
     * @param built when, and how long it took
     */
    record Sound(Path path, long bytes, EngineKey key, BuildTime built) implements CachedEngine {}

    /**
     * One of which nobody can tell what it is while it cannot be read, as by a user who may not.
     *
     * @param path its directory
     * @param bytes size of its files, as far as they can be read
     * @param reason names the file and why it cannot be read
     */
    record Unreadable(Path path, long bytes, String reason) implements CachedEngine {}

    /**
     * What must not be used.
     *
     * @param path its directory
     * @param bytes size of its files, as far as they can be read
     * @param reason names the file and what is wrong with it
     */
    record Unsound(Path path, long bytes, String reason) implements CachedEngine {}
}
