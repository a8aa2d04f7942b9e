package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelFiles;
import io.scopegate.bundle.model.ModelUnreadableException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.inference.target.Execution;
import io.scopegate.inference.target.SkippedTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import io.scopegate.server.infer.Listeners;
import io.scopegate.server.model.ReloadResult.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Attempts to put a version into the slot: loads and verifies it, then swaps, or leaves the served model alone and
 * reports why. An invalid version goes into quarantine. Not thread-safe, except for adding listeners.
 */
final class ModelReload {

    private static final Logger LOG = Logger.getLogger(ModelReload.class);

    private static final Ending STOPPING = new Ending(Outcome.POSTPONED, "the server is stopping");

    private final ModelLoader loader;
    private final ModelSlot slot;
    private final Quarantine quarantine;
    private final LoadWatch loads;
    private final Map<String, String> postponed = new HashMap<>();
    private final AtomicReference<String> lastFallback = new AtomicReference<>("");
    private final Listeners<Consumer<ReloadResult>> listeners =
            new Listeners<>("a listener for the outcome of model loads failed");

    ModelReload(ModelLoader loader, ModelSlot slot, Quarantine quarantine, LoadWatch loads) {
        this.loader = loader;
        this.slot = slot;
        this.quarantine = quarantine;
        this.loads = loads;
        listeners.add(this::log);
    }

    void onResult(Consumer<ReloadResult> listener) {
        listeners.add(listener);
    }

    /**
     * Attempts to serve this version, as it looks in these files.
     *
     * @param awaitEngine whether to postpone it while its engine is being built, rather than serve it elsewhere
     */
    ReloadResult attempt(VersionDirectory version, ModelFiles files, boolean awaitEngine) {
        ReloadResult result;
        try (LoadWatch.Underway load = loads.begin(version.reference())) {
            result = load(version, files, awaitEngine, load);
        }
        switch (result.outcome()) {
            case SERVED -> quarantine.release(version);
            case FAILED -> quarantine.add(version, files, result.detail());
            case POSTPONED -> {}
        }
        tell(result);
        return result;
    }

    /**
     * Called when no version is served any longer, by request. Frees the tensors kept for the next version, and lets
     * the log say again where that one runs.
     */
    void unloaded() {
        lastFallback.set("");
        loader.releaseTensors();
    }

    /** Forgets the logged reasons of versions that are gone or have changed. */
    void keepOnly(List<VersionSnapshot> present) {
        postponed
                .keySet()
                .retainAll(present.stream()
                        .map(snapshot -> snapshot.files().digest())
                        .collect(Collectors.toSet()));
    }

    private record Ending(Outcome outcome, String detail, boolean noRoom) {

        Ending(Outcome outcome, String detail) {
            this(outcome, detail, false);
        }
    }

    /**
     * Tries to move the served version to a better target. It goes on serving in any case; the attempt is reported to
     * the listeners only if it has moved.
     */
    void upgradeTarget(VersionDirectory version, ModelFiles files, ModelState.Serving serving) {
        try (LoadWatch.Underway load = loads.begin(version.reference())) {
            TargetTrial trial = loader.upgradeTarget(version, serving);
            ServedModel model = trial.model();
            if (model == null) {
                stay(
                        version,
                        serving,
                        BetterTargets.execution(serving.execution().target(), trial.passedOver()));
                return;
            }
            ReloadResult moved = servedBy(model, version, files, load);
            if (slot.serve(model)) {
                LOG.infof(
                        "model %s now runs on %s instead of %s",
                        version.reference(),
                        model.execution().target().label(),
                        serving.execution().target().label());
                tell(moved);
            }
        } catch (ModelUnusableException | MemoryShortException | TargetUnavailableException e) {
            LOG.debugf("model %s was not moved to a better target: %s", version.reference(), e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.warnf(e, "failed to move model %s to a better target", version.reference());
        }
    }

    /**
     * Keeps the model where it runs, and records why. Logs only the targets newly ruled out for this model: a reason
     * that may pass is logged by the component that waits for it.
     */
    private void stay(VersionDirectory version, ModelState.Serving serving, Execution execution) {
        List<SkippedTarget> news = execution.passedOver().stream()
                .filter(over ->
                        !over.mayPass() && !serving.execution().passedOver().contains(over))
                .toList();
        if (!news.isEmpty()) {
            LOG.warnf(
                    "model %s stays on %s, %s",
                    version.reference(), execution.target().label(), SkippedTarget.reasons(news));
        }
        slot.explain(serving, execution);
    }

    private void tell(ReloadResult result) {
        listeners.tell(listener -> listener.accept(result));
    }

    private ReloadResult load(
            VersionDirectory version, ModelFiles files, boolean awaitEngine, LoadWatch.Underway load) {
        Ending ending;
        try {
            ServedModel model = loader.load(version, files, awaitEngine);
            ReloadResult served = servedBy(model, version, files, load);
            if (slot.serve(model)) {
                return served;
            }
            ending = STOPPING;
        } catch (ModelUnreadableException e) {
            ending = new Ending(Outcome.POSTPONED, String.valueOf(e.getMessage()));
        } catch (ModelUnusableException e) {
            ending = refused(version, files, String.valueOf(e.getMessage()));
        } catch (MemoryShortException e) {
            ending = new Ending(Outcome.POSTPONED, String.valueOf(e.getMessage()), true);
        } catch (TargetUnavailableException e) {
            ending = new Ending(Outcome.POSTPONED, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            LOG.errorf(e, "failed to load model %s", version.reference());
            ending = new Ending(Outcome.POSTPONED, "not enough memory to load the model: " + e, true);
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "failed to load model %s", version.reference());
            ending = refused(version, files, e.toString());
        }
        return new ReloadResult(
                version.reference(), files.digest(), ending.outcome(), ending.detail(), ending.noRoom(), load.took());
    }

    /**
     * Returns the result of the swap that follows. It is created before the swap, since a model that already serves
     * would be reported as postponed if memory ran out afterwards. If memory runs out here, the model is released.
     */
    private static ReloadResult servedBy(
            ServedModel model, VersionDirectory version, ModelFiles files, LoadWatch.Underway load) {
        boolean created = false;
        try {
            ReloadResult result =
                    new ReloadResult(version.reference(), files.digest(), Outcome.SERVED, "", false, load.took());
            created = true;
            return result;
        } finally {
            if (!created) {
                model.release();
            }
        }
    }

    /**
     * Returns the ending of a version that failed. The failure counts against it only if its files are unchanged and
     * the server is not stopping. Otherwise the version is postponed: changed files are tried again once they have
     * settled, and a process that is ending proves nothing.
     */
    private Ending refused(VersionDirectory version, ModelFiles files, String reason) {
        if (slot.isClosed()) {
            return STOPPING;
        }
        return ModelFiles.look(version.path()).stamp().equals(files.stamp())
                ? new Ending(Outcome.FAILED, reason)
                : new Ending(Outcome.POSTPONED, "files changed while being loaded: " + reason);
    }

    /** Logs why the model does not run on a better target, unless the reason is the same as last time. */
    private void say(String reference, Execution execution) {
        String fallback = execution.fallback();
        if (!lastFallback.getAndSet(fallback).equals(fallback) && !fallback.isEmpty()) {
            LOG.logf(
                    execution.isSecondBest() ? Level.WARN : Level.INFO,
                    "model %s runs on %s, %s",
                    reference,
                    execution.target().label(),
                    fallback);
        }
    }

    /** Logs the result. A postponed version is tried again at each scan, but logged only when the reason changes. */
    private void log(ReloadResult result) {
        if (result.outcome() != Outcome.POSTPONED) {
            postponed.remove(result.digest());
        } else if (!isNews(result)) {
            return;
        }
        switch (result.outcome()) {
            case SERVED -> {
                LOG.infof(
                        "model %s (%s) is now serving, loaded and verified in %d ms",
                        result.reference(), result.digest(), result.took().toMillis());
                if (slot.state() instanceof ModelState.Serving(var _, var execution)) {
                    say(result.reference(), execution);
                }
            }
            case FAILED ->
                LOG.errorf(
                        "model %s (%s) was rejected and is quarantined until its content changes; %s: %s",
                        result.reference(), result.digest(), slot.consequence(), result.detail());
            case POSTPONED -> logPostponed(result);
        }
    }

    private void logPostponed(ReloadResult result) {
        if (slot.isClosed()) {
            LOG.infof("model %s (%s) is not loaded: %s", result.reference(), result.digest(), result.detail());
        } else {
            LOG.warnf(
                    "model %s (%s) cannot be loaded yet and will be retried; %s: %s",
                    result.reference(), result.digest(), slot.consequence(), result.detail());
        }
    }

    private boolean isNews(ReloadResult result) {
        String reason = DeduplicationKey.of(result.detail());
        return !reason.equals(postponed.put(result.digest(), reason));
    }
}
