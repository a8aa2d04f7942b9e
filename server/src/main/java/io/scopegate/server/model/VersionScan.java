package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelFiles;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.server.frame.ServerClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds which versions are present, complete and settled. Versions present at the first scan are taken to be settled.
 * Not thread-safe.
 */
final class VersionScan {

    private final ModelRepository repository;
    private final Quarantine quarantine;
    private final Debounce debounce;
    private boolean before;

    /** @param quarantine from which versions that no longer exist are removed */
    VersionScan(ModelSettings settings, Quarantine quarantine, ServerClock clock) {
        this.repository = new ModelRepository(settings);
        this.quarantine = quarantine;
        this.debounce = new Debounce(settings.reload().settleTime(), clock);
    }

    /**
     * Scans the repository.
     *
     * @param name name of the model, or null if any may be chosen
     */
    RepositorySnapshot see(@Nullable String name) {
        try {
            ModelRepository.Found found = repository.versions(name);
            List<VersionDirectory> versions = found.versions();
            quarantine.keepOnly(versions);
            debounce.keepOnly(versions);
            return new RepositorySnapshot(versions.stream().map(this::see).toList(), found.problem());
        } catch (ModelUnusableException e) {
            return new RepositorySnapshot(List.of(), String.valueOf(e.getMessage()));
        } finally {
            before = true;
        }
    }

    private VersionSnapshot see(VersionDirectory version) {
        ModelFiles files = ModelFiles.look(version.path());
        if (!before) {
            debounce.trust(version, files);
        }
        return new VersionSnapshot(version, files, debounce.settled(version, files));
    }
}
