package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelFiles;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.server.frame.ServerClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which versions are there, whole, and at rest. What is there at first is taken to be. One thread at a time. */
final class VersionScan {

    private final ModelRepository repository;
    private final Quarantine quarantine;
    private final Debounce debounce;
    private boolean before;

    /** @param quarantine of which it forgets what is no longer there */
    VersionScan(ModelSettings settings, Quarantine quarantine, ServerClock clock) {
        this.repository = new ModelRepository(settings);
        this.quarantine = quarantine;
        this.debounce = new Debounce(settings.reload().settleTime(), clock);
    }

    /** @param name of the model, or null where any may be chosen */
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
