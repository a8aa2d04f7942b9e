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
    private final Settling settling;
    private boolean before;

    /** @param quarantine of which it forgets what is no longer there */
    VersionScan(ModelSettings settings, Quarantine quarantine, ServerClock clock) {
        this.repository = new ModelRepository(settings);
        this.quarantine = quarantine;
        this.settling = new Settling(settings.reload().settleTime(), clock);
    }

    /** @param name of the model, or null where any may be chosen */
    Seen see(@Nullable String name) {
        try {
            ModelRepository.Found found = repository.versions(name);
            List<VersionDirectory> versions = found.versions();
            quarantine.keepOnly(versions);
            settling.keepOnly(versions);
            return new Seen(versions.stream().map(this::see).toList(), found.problem());
        } catch (ModelUnusableException e) {
            return new Seen(List.of(), String.valueOf(e.getMessage()));
        } finally {
            before = true;
        }
    }

    private Sight see(VersionDirectory version) {
        ModelFiles files = ModelFiles.look(version.path());
        if (!before) {
            settling.trust(version, files);
        }
        return new Sight(version, files, settling.settled(version, files));
    }
}
