package io.scopegate.server.model;

import io.scopegate.server.model.ControlRefusedException.Kind;
import io.scopegate.server.model.ReloadResult.Outcome;
import io.scopegate.server.model.ServingMode.Following;
import io.scopegate.server.model.ServingMode.Halted;
import io.scopegate.server.model.ServingMode.Pinned;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets an administrator choose which version serves. A chosen version passes the same checks as one that is found by a
 * scan. Each call waits for a scan in progress and blocks while it loads. A call that fails changes nothing, unless
 * only writing the pin file failed. Thread-safe.
 */
public final class ModelControl {

    private final ModelWatcher watcher;
    private final BooleanSupplier wanted;
    private final @Nullable String meant;

    public ModelControl(ModelWatcher watcher) {
        this(watcher, () -> true, null);
    }

    private ModelControl(ModelWatcher watcher, BooleanSupplier wanted, @Nullable String meant) {
        this.watcher = watcher;
        this.wanted = wanted;
        this.meant = meant;
    }

    /**
     * Returns the same control for a caller who means the model of this name; it refuses if a different model is
     * found.
     */
    ModelControl of(String name) {
        return new ModelControl(watcher, wanted, name);
    }

    /**
     * Returns the same control for a caller who may give up while a call waits. The call then changes nothing, so that
     * a retry does not do it twice.
     *
     * @param stillWanted asked on the calling thread, while it waits and once more after the wait
     */
    public ModelControl whileWanted(BooleanSupplier stillWanted) {
        return new ModelControl(watcher, stillWanted, meant);
    }

    private void exclusively(ModelWatcher.ByHand action) throws ControlRefusedException, InterruptedException {
        watcher.exclusively(wanted, repository -> {
            if (!wanted.getAsBoolean()) {
                throw givenUp();
            }
            requireMeant(repository);
            action.change(repository);
        });
    }

    /** A scan sees only the versions of one model: that of the served or pinned version, if there is one. */
    private void requireMeant(RepositorySnapshot repository) throws ControlRefusedException {
        Optional<String> found = watcher.served()
                .or(() -> repository.versions().stream().findFirst())
                .map(snapshot -> snapshot.version().name())
                .or(this::pinnedName);
        if (meant != null && found.isPresent() && !found.get().equals(meant)) {
            throw refused(Kind.UNKNOWN, "model: " + found.get() + ", not " + meant);
        }
    }

    private Optional<String> pinnedName() {
        return report().mode() instanceof Pinned pinned ? Optional.of(pinned.name()) : Optional.empty();
    }

    /** Returns the result of the last scan; does not wait. */
    public RepositoryReport report() {
        return watcher.report();
    }

    /**
     * Serves this version now, even from quarantine. It serves until a new higher version appears, or until the server
     * restarts: which versions were passed over is not kept across a restart.
     */
    public void load(String name, int version) throws ControlRefusedException, InterruptedException {
        exclusively(repository -> {
            VersionSnapshot snapshot = find(repository, name, version);
            serve(snapshot, repository);
            watcher.passNoneOver();
            repository.versions().stream()
                    .filter(other -> other.version().version() > version)
                    .forEach(higher -> watcher.passOver(
                            higher,
                            "skipped when " + snapshot.version().reference() + " was loaded by an administrator"));
            watcher.enter(new Following());
        });
    }

    /** Serves this version now, and no other from then on. */
    public void pin(String name, int version) throws ControlRefusedException, InterruptedException {
        exclusively(repository -> pin(find(repository, name, version), repository));
    }

    private void pin(VersionSnapshot snapshot, RepositorySnapshot repository)
            throws ControlRefusedException, InterruptedException {
        serve(snapshot, repository);
        watcher.enter(new Pinned(snapshot.version().name(), snapshot.version().version()));
    }

    /** Serves the highest valid version again, and any higher one that appears later. */
    public void unpin() throws ControlRefusedException, InterruptedException {
        try {
            exclusively(repository -> {
                watcher.passNoneOver();
                watcher.enter(new Following());
            });
        } catch (ControlRefusedException e) {
            if (e.kind() == Kind.NOT_KEPT) {
                // The mode has changed all the same.
                watcher.lookWhile(wanted);
            }
            throw e;
        }
        watcher.lookWhile(wanted);
    }

    /**
     * Pins the highest version below the served one that passes every check. Refused if that cannot be determined now.
     */
    public void rollback() throws ControlRefusedException, InterruptedException {
        exclusively(repository -> {
            VersionSnapshot current =
                    watcher.served().orElseThrow(() -> refused(Kind.NOT_POSSIBLE, "rollback: no version is served"));
            for (VersionSnapshot lower : lowerThan(current, repository.versions())) {
                ReloadResult result = watcher.attempt(lower, repository);
                if (result.outcome() == Outcome.POSTPONED) {
                    throw postponed(result);
                }
                if (result.outcome() == Outcome.SERVED) {
                    pin(lower, repository);
                    return;
                }
            }
            throw refused(
                    Kind.NOT_POSSIBLE,
                    "rollback: no valid version below " + current.version().reference());
        });
    }

    private List<VersionSnapshot> lowerThan(VersionSnapshot current, List<VersionSnapshot> snapshots) {
        return snapshots.stream()
                .filter(snapshot ->
                        snapshot.version().version() < current.version().version())
                .filter(snapshot -> snapshot.files().lacking() == null && !watcher.hasFailed(snapshot))
                .toList();
    }

    /**
     * Stops serving until an administrator chooses a version or the server restarts; a restart serves the pinned
     * version, if there is a pin.
     */
    public void unload(String name, int version) throws ControlRefusedException, InterruptedException {
        exclusively(repository -> {
            Optional<VersionSnapshot> current = watcher.served();
            String reference = name + "/" + Integer.toUnsignedString(version);
            if (current.isEmpty() || !current.get().version().reference().equals(reference)) {
                throw refused(
                        Kind.UNKNOWN,
                        "unload: the served version is "
                                + current.map(snapshot -> snapshot.version().reference())
                                        .orElse("none") + ", not " + reference);
            }
            watcher.halt(new Halted("model " + reference + " was unloaded by an administrator"));
        });
    }

    private static VersionSnapshot find(RepositorySnapshot repository, String name, int version)
            throws ControlRefusedException {
        return repository.versions().stream()
                .filter(snapshot -> snapshot.version().name().equals(name)
                        && snapshot.version().version() == version)
                .findFirst()
                .orElseThrow(() -> refused(
                        Kind.UNKNOWN,
                        "model: one of " + references(repository) + ", not " + name + "/"
                                + Integer.toUnsignedString(version)
                                + (repository.problem().isEmpty() ? "" : "; " + repository.problem())));
    }

    private static List<String> references(RepositorySnapshot repository) {
        return repository.versions().stream()
                .map(snapshot -> snapshot.version().reference())
                .toList();
    }

    private void serve(VersionSnapshot snapshot, RepositorySnapshot repository)
            throws ControlRefusedException, InterruptedException {
        if (watcher.served().filter(snapshot::is).isPresent()) {
            return;
        }
        String reference = snapshot.version().reference();
        if (snapshot.files().lacking() != null) {
            throw refused(Kind.NOT_POSSIBLE, reference + ": " + snapshot.hindrance());
        }
        ReloadResult result = watcher.attempt(snapshot, repository);
        switch (result.outcome()) {
            case SERVED -> {}
            case FAILED -> throw refused(Kind.NOT_POSSIBLE, reference + ": " + result.detail());
            case POSTPONED -> throw postponed(result);
        }
    }

    private static ControlRefusedException postponed(ReloadResult result) {
        return refused(result.noRoom() ? Kind.NO_ROOM : Kind.NOT_NOW, result.reference() + ": " + result.detail());
    }

    static ControlRefusedException givenUp() {
        return refused(Kind.GIVEN_UP, "the caller gave up before the request was started");
    }

    static ControlRefusedException refused(Kind kind, String message) {
        return new ControlRefusedException(kind, message);
    }
}
