package io.scopegate.server.model;

import io.scopegate.inference.engine.BackgroundBuilds;
import io.scopegate.server.model.ReloadResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Scans the versions of one model and serves the one that should serve. The steps of each scan:
 *
 * <ol>
 *   <li>{@link VersionScan#see}: finds which versions are present, complete and settled;
 *   <li>{@link #wanted}: decides which of them should replace the served one, the highest first;
 *   <li>{@link ModelReload#attempt}: loads and verifies a version and swaps; one that fails is quarantined and the
 *       next is tried;
 *   <li>{@link TargetUpgrade#look}: tries the served version on a better target, where one may be available by now;
 *   <li>{@link #tell}: publishes the report.
 * </ol>
 *
 * <p>Whatever fails, the served model goes on serving. Thread-safe; scans and manual changes run one at a time.
 */
public final class ModelWatcher {

    private static final long ASKED_AGAIN_MILLIS = 200;

    private final ModelSettings settings;
    private final Quarantine quarantine = new Quarantine();
    private final WatchReport report;
    private final VersionScan scan;
    private final LoadWatch loads;
    private final ModelReload reload;
    private final TargetUpgrade targetUpgrade;
    private final BackgroundBuilds engines;
    private final PinFile pins;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<ServingMode> mode;
    private final AtomicReference<@Nullable VersionSnapshot> served = new AtomicReference<>();
    /**
     * Kept after an unload, because the administrator may refer to the model by name even if another one has appeared
     * since.
     */
    private final AtomicReference<@Nullable String> lastName = new AtomicReference<>();

    ModelWatcher(ModelSettings settings, ModelSlot slot, LoadTools tools) {
        this.settings = settings;
        this.report = new WatchReport(slot, quarantine, tools.clock());
        this.scan = new VersionScan(settings, quarantine, tools.clock());
        this.loads = new LoadWatch(slot, settings.reload().loadLimit(), tools.clock());
        this.reload = new ModelReload(new ModelLoader(settings, tools), slot, quarantine, loads);
        this.targetUpgrade = new TargetUpgrade(reload, slot, tools);
        this.engines = tools.sessions().engines();
        this.pins = tools.pins();
        this.mode = new AtomicReference<>(pins.read(settings.name()));
    }

    ModelSettings settings() {
        return settings;
    }

    /** Returns the watch that detects hung loads. */
    public LoadWatch loads() {
        return loads;
    }

    /**
     * Adds a listener for the result of each attempt to serve a version, called on the thread that makes the attempt.
     */
    public void onReload(Consumer<ReloadResult> listener) {
        reload.onResult(listener);
    }

    /** Returns the report of the last scan, even while another scan is in progress. */
    public RepositoryReport report() {
        return report.last(mode.get());
    }

    /**
     * Scans once, and loads what should be served.
     *
     * @return time to wait before the next scan, unless something happens earlier
     */
    Duration look() throws InterruptedException {
        lock.lockInterruptibly();
        return lookInTurn();
    }

    /** Scans once, unless the caller gives up before its turn comes. */
    void lookWhile(BooleanSupplier wanted) throws InterruptedException {
        if (takeTurn(wanted)) {
            lookInTurn();
        }
    }

    private Duration lookInTurn() {
        try (BackgroundBuilds.Pause _ = engines.pause()) {
            RepositorySnapshot repository = see();
            report.forgetPostponed();
            try {
                takeUp(repository);
            } finally {
                tell(repository, null);
            }
            targetUpgrade.look(repository.versions(), served.get());
            if (served.get() == null) {
                report.absent(repository, mode.get());
            }
            // If there is no version at all, the problem has been logged as the reason why none is served.
            report.problem(served.get() == null && repository.versions().isEmpty() ? "" : repository.problem());
            boolean resting = repository.versions().stream().allMatch(VersionSnapshot::settled);
            return resting
                    ? settings.reload().pollInterval()
                    : settings.reload().settleTime();
        } finally {
            lock.unlock();
        }
    }

    private RepositorySnapshot see() {
        RepositorySnapshot repository = scan.see(chosenName());
        if (!repository.versions().isEmpty()) {
            // If no version is found, the file system may only be gone for a moment.
            reload.keepOnly(repository.versions());
        }
        return repository;
    }

    private void takeUp(RepositorySnapshot repository) {
        // While a version serves, wait for the engine: the new version would run on a worse target for some minutes.
        boolean awaitEngine = served.get() != null;
        for (VersionSnapshot snapshot : repository.versions()) {
            if (wanted(snapshot) && attempt(snapshot, repository, awaitEngine).outcome() == Outcome.SERVED) {
                return;
            }
        }
    }

    /** A manual change, made between two scans. */
    interface ByHand {
        void change(RepositorySnapshot repository) throws ControlRefusedException, InterruptedException;
    }

    /**
     * Makes this change while no scan is in progress, then publishes the report.
     *
     * @param wanted see {@link #takeTurn}
     */
    void exclusively(BooleanSupplier wanted, ByHand action) throws ControlRefusedException, InterruptedException {
        if (!takeTurn(wanted)) {
            throw ModelControl.givenUp();
        }
        try (BackgroundBuilds.Pause _ = engines.pause()) {
            RepositorySnapshot repository = see();
            try {
                action.change(repository);
            } finally {
                tell(repository, null);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Acquires the lock once no scan is in progress.
     *
     * @param wanted asked repeatedly, because a scan may spend minutes loading and no thread should wait for a caller
     *     who has given up
     * @return false if the caller gave up before its turn came
     */
    private boolean takeTurn(BooleanSupplier wanted) throws InterruptedException {
        boolean own;
        do {
            own = lock.tryLock(ASKED_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } while (!own && wanted.getAsBoolean());
        return own;
    }

    Optional<VersionSnapshot> served() {
        return Optional.ofNullable(served.get());
    }

    private boolean quarantined(VersionSnapshot snapshot) {
        return quarantine.reason(snapshot.version(), snapshot.files()).isPresent();
    }

    /**
     * Returns true if the version, unchanged since, was tried and found invalid. A version that was passed over was
     * not tried.
     */
    boolean hasFailed(VersionSnapshot snapshot) {
        return quarantine.hasFailed(snapshot.version(), snapshot.files());
    }

    void passOver(VersionSnapshot snapshot, String reason) {
        quarantine.passOver(snapshot.version(), snapshot.files(), reason);
    }

    void passNoneOver() {
        quarantine.passNoneOver();
    }

    /** Sets the serving mode. A pin is kept across restarts; another mode removes it. */
    void enter(ServingMode next) throws ControlRefusedException {
        mode.set(next);
        try {
            pins.write(settings.name(), next);
        } catch (IOException e) {
            throw ModelControl.refused(
                    ControlRefusedException.Kind.NOT_KEPT, "done, but not saved, so that a restart will undo it: " + e);
        }
    }

    /** Stops serving. The pin file stays as it is, for the next start. */
    void halt(ServingMode.Halted next) {
        served.set(null);
        report.absent(next.reason(), next.reason());
        reload.unloaded();
        mode.set(next);
    }

    private @Nullable String chosenName() {
        VersionSnapshot current = served.get();
        if (current != null) {
            return current.version().name();
        }
        return mode.get() instanceof ServingMode.Pinned pinned ? pinned.name() : lastNameStillThere();
    }

    /** Returns the last served name, or null if its directory is gone: another model may have taken its place. */
    private @Nullable String lastNameStillThere() {
        String name = lastName.get();
        return name != null && Files.isDirectory(settings.root().resolve(name)) ? name : null;
    }

    private boolean wanted(VersionSnapshot snapshot) {
        if (snapshot.hindrance() != null || snapshot.is(served.get()) || quarantined(snapshot)) {
            return false;
        }
        return switch (mode.get()) {
            case ServingMode.Following() -> supersedes(snapshot.version());
            case ServingMode.Pinned pinned ->
                pinned.reference().equals(snapshot.version().reference());
            case ServingMode.Halted ignored -> false;
        };
    }

    /** Returns true if the version may replace the served one; a lower version is served only if none is. */
    private boolean supersedes(VersionDirectory version) {
        VersionSnapshot current = served.get();
        return current == null || version.version() >= current.version().version();
    }

    /** Attempts a version by request: it serves on whatever target is available now. */
    ReloadResult attempt(VersionSnapshot snapshot, RepositorySnapshot repository) {
        return attempt(snapshot, repository, false);
    }

    private ReloadResult attempt(VersionSnapshot snapshot, RepositorySnapshot repository, boolean awaitEngine) {
        tell(repository, snapshot);
        targetUpgrade.begin();
        ReloadResult result = reload.attempt(snapshot.version(), snapshot.files(), awaitEngine);
        report.attempted(result);
        if (result.outcome() == Outcome.SERVED) {
            served.set(snapshot);
            lastName.set(snapshot.version().name());
            targetUpgrade.served();
        }
        return result;
    }

    private void tell(RepositorySnapshot repository, @Nullable VersionSnapshot loading) {
        report.tell(repository, mode.get(), served.get(), loading);
    }
}
