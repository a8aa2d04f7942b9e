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
 * Tells a directory that is still being written from one that has come to rest: a file may have its full size before it
 * has its content. One thread at a time.
 */
final class Debounce {

    private final Duration rest;
    private final ServerClock clock;
    private final Map<Path, Observation> observations = new HashMap<>();

    /** How it looks, and since when. */
    private record Observation(String stamp, long sinceNanos) {}

    Debounce(Duration rest, ServerClock clock) {
        this.rest = rest;
        this.clock = clock;
    }

    /** True if the directory has looked the same for long enough. */
    boolean settled(VersionDirectory version, ModelFiles files) {
        long now = clock.nanoTime();
        Observation observation = observations.compute(
                version.path(),
                (path, before) -> before == null || !before.stamp().equals(files.stamp())
                        ? new Observation(files.stamp(), now)
                        : before);
        return now - observation.sinceNanos() >= rest.toNanos();
    }

    /** Takes what is seen for settled: at the start nobody knows for how long it has been there. */
    void trust(VersionDirectory version, ModelFiles files) {
        observations.put(version.path(), new Observation(files.stamp(), clock.nanoTime() - rest.toNanos()));
    }

    /** Forgets what is no longer there. */
    void keepOnly(Collection<VersionDirectory> present) {
        observations
                .keySet()
                .retainAll(present.stream().map(VersionDirectory::path).collect(Collectors.toSet()));
    }
}
