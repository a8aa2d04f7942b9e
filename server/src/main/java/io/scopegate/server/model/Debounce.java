package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelFiles;
import io.scopegate.server.frame.ServerClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Distinguishes a directory that is still being written from one that has settled: a file may have its full size
 * before it has its content. Not thread-safe.
 */
final class Debounce {

    private final Duration rest;
    private final ServerClock clock;
    private final Map<Path, Observation> observations = new HashMap<>();

    /** A directory's stamp, and since when it has been unchanged. */
    private record Observation(String stamp, long sinceNanos) {}

    Debounce(Duration rest, ServerClock clock) {
        this.rest = rest;
        this.clock = clock;
    }

    /** Returns true if the directory has been unchanged for the settle time. */
    boolean settled(VersionDirectory version, ModelFiles files) {
        long now = clock.nanoTime();
        Observation observation = observations.compute(
                version.path(),
                (path, before) -> before == null || !before.stamp().equals(files.stamp())
                        ? new Observation(files.stamp(), now)
                        : before);
        return now - observation.sinceNanos() >= rest.toNanos();
    }

    /** Treats a directory as settled. Used at the start, when it is not known how long the directory has been there. */
    void trust(VersionDirectory version, ModelFiles files) {
        observations.put(version.path(), new Observation(files.stamp(), clock.nanoTime() - rest.toNanos()));
    }

    /** Forgets directories that no longer exist. */
    void keepOnly(Collection<VersionDirectory> present) {
        observations
                .keySet()
                .retainAll(present.stream().map(VersionDirectory::path).collect(Collectors.toSet()));
    }
}
