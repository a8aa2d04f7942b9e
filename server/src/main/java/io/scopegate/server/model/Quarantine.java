package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelFiles;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The versions that must not be tried again while they are unchanged. A changed file releases a version. Not
 * thread-safe.
 */
final class Quarantine {

    private final Map<Path, Case> cases = new LinkedHashMap<>();

    /**
     * A version that failed, or was passed over without being tried.
     *
     * @param files what it looked like at the time. A failure may be mended by writing or mounting a file again, even
     *     with the same content, so a failed version is compared by its stamp; a version is passed over for its
     *     content, so it is compared by its digest
     */
    private record Case(ModelFiles files, String reason, boolean failed) {

        boolean holdsOf(ModelFiles now) {
            return failed ? files.stamp().equals(now.stamp()) : files.digest().equals(now.digest());
        }
    }

    void add(VersionDirectory version, ModelFiles files, String reason) {
        cases.put(version.path(), new Case(files, reason, true));
    }

    /**
     * Marks a version as not to be tried until its content changes or {@link #passNoneOver} is called. A version that
     * has failed stays marked as failed.
     */
    void passOver(VersionDirectory version, ModelFiles files, String reason) {
        if (reason(version, files).isEmpty()) {
            cases.put(version.path(), new Case(files, reason, false));
        }
    }

    void passNoneOver() {
        cases.values().removeIf(known -> !known.failed());
    }

    /** Returns why this version is not tried; empty if it may be, or has changed. */
    Optional<String> reason(VersionDirectory version, ModelFiles files) {
        return find(version, files).map(Case::reason);
    }

    /** Returns true if the version, unchanged since, was tried and found invalid. */
    boolean hasFailed(VersionDirectory version, ModelFiles files) {
        return find(version, files).filter(Case::failed).isPresent();
    }

    private Optional<Case> find(VersionDirectory version, ModelFiles files) {
        return Optional.ofNullable(cases.get(version.path())).filter(known -> known.holdsOf(files));
    }

    /** Removes a version that proved to be valid. */
    void release(VersionDirectory version) {
        cases.remove(version.path());
    }

    /** Forgets versions that no longer exist. */
    void keepOnly(Collection<VersionDirectory> present) {
        Set<Path> paths = new HashSet<>();
        present.forEach(version -> paths.add(version.path()));
        cases.keySet().retainAll(paths);
    }
}
