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

    /**
     * What was tried, and why it failed, or was passed over without being tried.
     *
     * @param files as they were. A file that was written or mounted again, with the same content perhaps, may be what mends
     *     a failure; whoever passed a version over meant its content
     */
    private record Case(ModelFiles files, String reason, boolean failed) {

        boolean holdsOf(ModelFiles now) {
            return failed ? files.stamp().equals(now.stamp()) : files.digest().equals(now.digest());
        }
    }

    void add(VersionDirectory version, ModelFiles files, String reason) {
        cases.put(version.path(), new Case(files, reason, true));
    }

    /** Not tried, until its content changes or {@link #passNoneOver} is called. One that has failed stays so. */
    void passOver(VersionDirectory version, ModelFiles files, String reason) {
        if (reason(version, files).isEmpty()) {
            cases.put(version.path(), new Case(files, reason, false));
        }
    }

    void passNoneOver() {
        cases.values().removeIf(known -> !known.failed());
    }

    /** Why this version is not tried, if it is still what it was. */
    Optional<String> reason(VersionDirectory version, ModelFiles files) {
        return find(version, files).map(Case::reason);
    }

    /** Whether it was tried as it is, and was not sound. */
    boolean hasFailed(VersionDirectory version, ModelFiles files) {
        return find(version, files).filter(Case::failed).isPresent();
    }

    private Optional<Case> find(VersionDirectory version, ModelFiles files) {
        return Optional.ofNullable(cases.get(version.path())).filter(known -> known.holdsOf(files));
    }

    /** It is sound after all. */
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
