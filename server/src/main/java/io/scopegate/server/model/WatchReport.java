package io.scopegate.server.model;

import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.model.ReloadResult.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what a watcher finds: the report, and, in the log and the slot, why no version is served. Not thread-safe,
 * except for {@link #last}.
 */
final class WatchReport {

    private static final Logger LOG = Logger.getLogger(WatchReport.class);

    private final ModelSlot slot;
    private final Quarantine quarantine;
    private final ServerClock clock;
    private final Map<String, String> postponed = new HashMap<>();
    private final AtomicReference<@Nullable RepositoryReport> report = new AtomicReference<>();
    private final AtomicReference<String> lastReason = new AtomicReference<>("");
    private final AtomicReference<String> lastProblem = new AtomicReference<>("");

    /** @param quarantine versions that are not to be tried */
    WatchReport(ModelSlot slot, Quarantine quarantine, ServerClock clock) {
        this.slot = slot;
        this.quarantine = quarantine;
        this.clock = clock;
    }

    /** Returns the last report; before the first scan, an empty one with this mode. Any thread. */
    RepositoryReport last(ServingMode mode) {
        RepositoryReport last = report.get();
        return last == null ? new RepositoryReport(clock.wallTime(), mode, List.of(), "") : last;
    }

    /** Called when another scan begins, which tries postponed versions again. */
    void forgetPostponed() {
        postponed.clear();
    }

    /** Records an attempt. One made by hand may be of a version that was postponed at the last scan. */
    void attempted(ReloadResult result) {
        if (result.outcome() == Outcome.POSTPONED) {
            postponed.put(result.reference(), result.detail());
        } else {
            postponed.remove(result.reference());
        }
        if (result.outcome() == Outcome.SERVED) {
            lastReason.set("");
        }
    }

    void tell(
            RepositorySnapshot repository,
            ServingMode mode,
            @Nullable VersionSnapshot served,
            @Nullable VersionSnapshot loading) {
        List<VersionReport> versions =
                new ReportWriter(quarantine, postponed).versions(repository.versions(), served, loading);
        report.set(new RepositoryReport(clock.wallTime(), mode, versions, repository.problem()));
    }

    /** Reports that no version is served, for the reason that this scan shows. */
    void absent(RepositorySnapshot repository, ServingMode mode) {
        absent(absence(repository, mode, postponed), absence(repository, mode, steady(postponed)));
    }

    /**
     * Reports that no version is served, once for as long as the reason is the same.
     *
     * @param reason reason to show
     * @param steadyReason the same without amounts, to compare with the last one
     */
    void absent(String reason, String steadyReason) {
        if (!lastReason.getAndSet(steadyReason).equals(steadyReason)) {
            LOG.errorf(
                    "%s: no version is served and its frames are answered as out of body: %s", slot.called(), reason);
            slot.serveNone(reason);
        }
    }

    private String absence(RepositorySnapshot repository, ServingMode mode, Map<String, String> waiting) {
        return new ReportWriter(quarantine, waiting).absence(repository, mode);
    }

    private static Map<String, String> steady(Map<String, String> waiting) {
        return waiting.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> DeduplicationKey.of(entry.getValue())));
    }

    /** Logs a problem of the repository as a whole, once for as long as it is the same. */
    void problem(String problem) {
        if (!lastProblem.getAndSet(problem).equals(problem) && !problem.isEmpty()) {
            LOG.warnf("%s: %s", slot.called(), problem);
        }
    }
}
