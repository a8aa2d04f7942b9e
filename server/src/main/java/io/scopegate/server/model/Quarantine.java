package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelFiles;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The versions that are not to be tried again as they are. A changed file lets a version out. One thread at a time. */
final class Quarantine {

    private final Map<Path, Case> cases = new LinkedHashMap<>();

    /** What was tried, and why it failed. */
    private record Case(String stamp, String reason) {}

    void add(VersionDirectory version, ModelFiles files, String reason) {
        cases.put(version.path(), new Case(files.stamp(), reason));
    }

    /** Why this version is not tried, if it is still what it was. */
    Optional<String> reason(VersionDirectory version, ModelFiles files) {
        return Optional.ofNullable(cases.get(version.path()))
                .filter(known -> known.stamp().equals(files.stamp()))
                .map(Case::reason);
    }

    void release(VersionDirectory version) {
        cases.remove(version.path());
    }

    /** Forgets what is no longer there. */
    void keepOnly(Collection<VersionDirectory> present) {
        Set<Path> paths = new HashSet<>();
        present.forEach(version -> paths.add(version.path()));
        cases.keySet().retainAll(paths);
    }
}
