package io.scopegate.server.model;

import io.scopegate.server.model.VersionReport.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes the result of a scan in words.
 *
 * @param quarantine versions that are not to be tried
 * @param postponed why versions could not be loaded for now, by reference
 */
record ReportWriter(Quarantine quarantine, Map<String, String> postponed) {

    /** Returns one entry for each version found, and one for the served version if it was not found as it is served. */
    List<VersionReport> versions(
            List<VersionSnapshot> snapshots, @Nullable VersionSnapshot served, @Nullable VersionSnapshot loading) {
        List<VersionReport> versions = new ArrayList<>();
        if (served != null && snapshots.stream().noneMatch(snapshot -> snapshot.is(served))) {
            versions.add(entry(served, Status.SERVED, "its directory was removed or changed"));
        }
        for (VersionSnapshot snapshot : snapshots) {
            if (snapshot.is(served)) {
                versions.add(entry(snapshot, Status.SERVED, ""));
            } else {
                versions.add(snapshot == loading ? entry(snapshot, Status.LOADING, "") : unserved(snapshot));
            }
        }
        return versions;
    }

    private VersionReport unserved(VersionSnapshot snapshot) {
        String hindrance = snapshot.hindrance();
        String noRoom = postponed.get(snapshot.version().reference());
        Optional<String> failure = quarantine.reason(snapshot.version(), snapshot.files());
        if (hindrance != null) {
            return entry(snapshot, Status.WAITING, hindrance);
        }
        if (noRoom != null) {
            return entry(snapshot, Status.WAITING, noRoom);
        }
        return failure.map(reason -> entry(snapshot, Status.QUARANTINED, reason))
                .orElseGet(() -> entry(snapshot, Status.AVAILABLE, ""));
    }

    private static VersionReport entry(VersionSnapshot snapshot, Status status, String detail) {
        VersionDirectory version = snapshot.version();
        return new VersionReport(
                version.name(), version.version(), snapshot.files().digest(), status, detail);
    }

    /** Returns why no version is served. */
    String absence(RepositorySnapshot repository, ServingMode mode) {
        return switch (mode) {
            case ServingMode.Halted(String reason) -> reason;
            case ServingMode.Pinned pinned ->
                "pinned to " + pinned.reference() + ": " + firstDetail(repository, pinned.reference());
            case ServingMode.Following() -> firstDetail(repository, null);
        };
    }

    private String firstDetail(RepositorySnapshot repository, @Nullable String reference) {
        if (repository.versions().isEmpty()) {
            return repository.problem();
        }
        return versions(repository.versions(), null, null).stream()
                .filter(version -> reference == null || version.reference().equals(reference))
                .findFirst()
                .map(version -> version.reference() + ": " + version.detail())
                .orElse("no such version");
    }
}
