package io.scopegate.server.model;

import io.scopegate.server.model.VersionReport.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts into words what a look has shown.
 *
 * @param quarantine what has failed
 * @param postponed what could not be loaded for now and why, by reference
 */
record ReportWriter(Quarantine quarantine, Map<String, String> postponed) {

    /** One entry for each version seen, and one for the served one if it was not seen as it is served. */
    List<VersionReport> versions(List<Sight> sights, @Nullable Sight served, @Nullable Sight loading) {
        List<VersionReport> versions = new ArrayList<>();
        if (served != null && sights.stream().noneMatch(sight -> sight.is(served))) {
            versions.add(entry(served, Status.SERVED, "its directory is gone or has changed"));
        }
        for (Sight sight : sights) {
            if (sight.is(served)) {
                versions.add(entry(sight, Status.SERVED, ""));
            } else {
                versions.add(sight == loading ? entry(sight, Status.LOADING, "") : unserved(sight));
            }
        }
        return versions;
    }

    private VersionReport unserved(Sight sight) {
        String hindrance = sight.hindrance();
        String noRoom = postponed.get(sight.version().reference());
        Optional<String> failure = quarantine.reason(sight.version(), sight.files());
        if (hindrance != null) {
            return entry(sight, Status.WAITING, hindrance);
        }
        if (noRoom != null) {
            return entry(sight, Status.WAITING, noRoom);
        }
        return failure.map(reason -> entry(sight, Status.QUARANTINED, reason))
                .orElseGet(() -> entry(sight, Status.AVAILABLE, ""));
    }

    private static VersionReport entry(Sight sight, Status status, String detail) {
        VersionDirectory version = sight.version();
        return new VersionReport(
                version.name(), version.version(), sight.files().digest(), status, detail);
    }

    /** Why none is served. */
    String absence(Seen seen, ServingMode mode) {
        return switch (mode) {
            case ServingMode.Halted(String reason) -> reason;
            case ServingMode.Pinned pinned ->
                "pinned to " + pinned.reference() + ": " + firstDetail(seen, pinned.reference());
            case ServingMode.Following() -> firstDetail(seen, null);
        };
    }

    private String firstDetail(Seen seen, @Nullable String reference) {
        if (seen.sights().isEmpty()) {
            return seen.problem();
        }
        return versions(seen.sights(), null, null).stream()
                .filter(version -> reference == null || version.reference().equals(reference))
                .findFirst()
                .map(version -> version.reference() + ": " + version.detail())
                .orElse("no such version");
    }
}
