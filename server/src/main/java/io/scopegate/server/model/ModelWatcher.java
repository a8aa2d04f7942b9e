package io.scopegate.server.model;

import io.scopegate.inference.engine.EngineWork;
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
 * Looks at the versions of one model and serves the one that it should. Each look, from top to bottom:
 *
 * <ol>
 *   <li>{@link VersionScan#see}: which versions are there, whole, and at rest;
 *   <li>{@link #wanted}: which of them should take the served one's place, the highest first;
 *   <li>{@link ModelReload#attempt}: load and prove it, and swap; what fails goes into quarantine and the next is tried;
 *   <li>{@link MoveUp#look}: what serves is tried on a better target, where one may be there by now;
 *   <li>{@link #tell}: what there is, for whoever asks.
 * </ol>
 *
 * <p>Whatever fails, the served model goes on serving. Any thread, one at a time.
 */
public final class ModelWatcher {

    private static final long ASKED_AGAIN_MILLIS = 200;

    private final ModelSettings settings;
    private final Quarantine quarantine = new Quarantine();
    private final WatchReport report;
    private final VersionScan scan;
    private final LoadWatch loads;
    private final ModelReload reload;
    private final MoveUp moveUp;
    private final EngineWork engines;
    private final PinFile pins;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicReference<ServingMode> mode;
    private final AtomicReference<@Nullable VersionSnapshot> served = new AtomicReference<>();
    /** Who has unloaded it may mean it by its name, also where another model has come since. */
    private final AtomicReference<@Nullable String> lastName = new AtomicReference<>();

    ModelWatcher(ModelSettings settings, ModelSlot slot, LoadTools tools) {
        this.settings = settings;
        this.report = new WatchReport(slot, quarantine, tools.clock());
        this.scan = new VersionScan(settings, quarantine, tools.clock());
        this.loads = new LoadWatch(slot, settings.reload().loadLimit(), tools.clock());
        this.reload = new ModelReload(new ModelLoader(settings, tools), slot, quarantine, loads);
        this.moveUp = new MoveUp(reload, slot, tools);
        this.engines = tools.sessions().engines();
        this.pins = tools.pins();
        this.mode = new AtomicReference<>(pins.read(settings.name()));
    }

    ModelSettings settings() {
        return settings;
    }

    /** Whether what it loads ends. */
    public LoadWatch loads() {
        return loads;
    }

    /** Hears of each attempt to take up a version, on the thread that makes it. */
    public void onReload(Consumer<ReloadResult> listener) {
        reload.onResult(listener);
    }

    /** What the last look has shown; also while another one is going on. */
    public RepositoryReport report() {
        return report.last(mode.get());
    }

    /**
     * Looks once, and loads what is to be loaded.
     *
     * @return after which time to look again, if nothing happens before
     */
    Duration look() throws InterruptedException {
        turn.lockInterruptibly();
        return lookInTurn();
    }

    /** Looks once, unless nobody wants it any more before it is its turn. */
    void lookWhile(BooleanSupplier wanted) throws InterruptedException {
        if (takeTurn(wanted)) {
            lookInTurn();
        }
    }

    private Duration lookInTurn() {
        try (EngineWork.Pause _ = engines.pause()) {
            RepositorySnapshot repository = see();
            report.forgetPostponed();
            try {
                takeUp(repository);
            } finally {
                tell(repository, null);
            }
            moveUp.look(repository.versions(), served.get());
            if (served.get() == null) {
                report.absent(repository, mode.get());
            }
            // Where nothing is there and nothing serves, it has been said as the reason.
            report.problem(served.get() == null && repository.versions().isEmpty() ? "" : repository.problem());
            boolean resting = repository.versions().stream().allMatch(VersionSnapshot::settled);
            return resting
                    ? settings.reload().pollInterval()
                    : settings.reload().settleTime();
        } finally {
            turn.unlock();
        }
    }

    private RepositorySnapshot see() {
        RepositorySnapshot repository = scan.see(chosenName());
        if (!repository.versions().isEmpty()) {
            // Where none is seen, a file system may have gone for a moment.
            reload.keepOnly(repository.versions());
        }
        return repository;
    }

    private void takeUp(RepositorySnapshot repository) {
        // What serves already is better than what would serve worse for some minutes.
        boolean awaitEngine = served.get() != null;
        for (VersionSnapshot snapshot : repository.versions()) {
            if (wanted(snapshot) && attempt(snapshot, repository, awaitEngine).outcome() == Outcome.SERVED) {
                return;
            }
        }
    }

    /** What is done by hand, between two looks. */
    interface ByHand {
        void change(RepositorySnapshot repository) throws ControlRefusedException, InterruptedException;
    }

    /**
     * Does this while nobody looks, and tells what has come of it.
     *
     * @param wanted as of {@link #takeTurn}
     */
    void exclusively(BooleanSupplier wanted, ByHand action) throws ControlRefusedException, InterruptedException {
        if (!takeTurn(wanted)) {
            throw ModelControl.givenUp();
        }
        try (EngineWork.Pause _ = engines.pause()) {
            RepositorySnapshot repository = see();
            try {
                action.change(repository);
            } finally {
                tell(repository, null);
            }
        } finally {
            turn.unlock();
        }
    }

    /**
     * Waits while somebody looks.
     *
     * @param wanted is asked again and again, since a look may load for minutes: a thread must not wait for what nobody wants
     *     any more
     * @return false if it is not wanted before it is its turn
     */
    private boolean takeTurn(BooleanSupplier wanted) throws InterruptedException {
        boolean own;
        do {
            own = turn.tryLock(ASKED_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } while (!own && wanted.getAsBoolean());
        return own;
    }

    Optional<VersionSnapshot> served() {
        return Optional.ofNullable(served.get());
    }

    private boolean quarantined(VersionSnapshot snapshot) {
        return quarantine.reason(snapshot.version(), snapshot.files()).isPresent();
    }

    /** Whether it was tried as it is, and was not sound; one that was passed over was not tried. */
    boolean hasFailed(VersionSnapshot snapshot) {
        return quarantine.hasFailed(snapshot.version(), snapshot.files());
    }

    void passOver(VersionSnapshot snapshot, String reason) {
        quarantine.passOver(snapshot.version(), snapshot.files(), reason);
    }

    void passNoneOver() {
        quarantine.passNoneOver();
    }

    /** From now on this is what is done about other versions; kept over a restart if it is a pin. */
    void enter(ServingMode next) throws ControlRefusedException {
        mode.set(next);
        try {
            pins.write(settings.name(), next);
        } catch (IOException e) {
            throw ModelControl.refused(
                    ControlRefusedException.Kind.NOT_KEPT, "done, but not saved, so that a restart will undo it: " + e);
        }
    }

    /** Takes the served model away. What is pinned stays written down, for the next start. */
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

    /** Another model may have come in its place. */
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

    /** A lower version is served only where no model is. */
    private boolean supersedes(VersionDirectory version) {
        VersionSnapshot current = served.get();
        return current == null || version.version() >= current.version().version();
    }

    /** By hand: it serves wherever it can now. */
    ReloadResult attempt(VersionSnapshot snapshot, RepositorySnapshot repository) {
        return attempt(snapshot, repository, false);
    }

    private ReloadResult attempt(VersionSnapshot snapshot, RepositorySnapshot repository, boolean awaitEngine) {
        tell(repository, snapshot);
        moveUp.begin();
        ReloadResult result = reload.attempt(snapshot.version(), snapshot.files(), awaitEngine);
        report.attempted(result);
        if (result.outcome() == Outcome.SERVED) {
            served.set(snapshot);
            lastName.set(snapshot.version().name());
            moveUp.served();
        }
        return result;
    }

    private void tell(RepositorySnapshot repository, @Nullable VersionSnapshot loading) {
        report.tell(repository, mode.get(), served.get(), loading);
    }
}
