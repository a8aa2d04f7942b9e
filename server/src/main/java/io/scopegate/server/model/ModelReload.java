package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelFiles;
import io.scopegate.bundle.model.ModelUnreadableException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.inference.target.Execution;
import io.scopegate.inference.target.PassedOver;
import io.scopegate.inference.target.TargetUnavailableException;
import io.scopegate.server.infer.Listeners;
import io.scopegate.server.model.ReloadResult.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * One attempt to put a version into the slot: load and prove it, swap, or leave what is served alone and say why. A
 * version that is not sound goes into quarantine. One thread at a time, but for the listeners' list.
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
     * Tries this version, as it looks in these files.
     *
     * @param awaitEngine whether it is rather postponed than served elsewhere while its engine is built
     */
    ReloadResult attempt(VersionDirectory version, ModelFiles files, boolean awaitEngine) {
        Ending ending;
        Duration took;
        try (LoadWatch.Underway load = loads.begin(version.reference())) {
            ending = load(version, files, awaitEngine);
            took = load.took();
        }
        switch (ending.outcome()) {
            case SERVED -> quarantine.release(version);
            case FAILED -> quarantine.add(version, files, ending.detail());
            case POSTPONED -> {}
        }
        ReloadResult result = new ReloadResult(
                version.reference(), files.digest(), ending.outcome(), ending.detail(), ending.noRoom(), took);
        tell(result);
        return result;
    }

    /** None is served any longer, by request. What comes next takes memory of its own, and where it runs is news again. */
    void unloaded() {
        lastFallback.set("");
        loader.releaseTensors();
    }

    /** Forgets why those waited that are no longer there as they were. */
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
     * Tries whether what serves may run on a better target. Whatever comes of it, it goes on serving, and no attempt is
     * counted unless it does.
     */
    void moveUp(VersionDirectory version, ModelFiles files, ModelState.Serving serving) {
        try (LoadWatch.Underway load = loads.begin(version.reference())) {
            TargetTrial trial = loader.moveUp(version, serving);
            ServedModel model = trial.model();
            if (model == null) {
                stay(
                        version,
                        serving,
                        BetterTargets.execution(serving.execution().target(), trial.passedOver()));
            } else if (slot.serve(model)) {
                LOG.infof(
                        "model %s now runs on %s instead of %s",
                        version.reference(),
                        model.execution().target().label(),
                        serving.execution().target().label());
                tell(new ReloadResult(version.reference(), files.digest(), Outcome.SERVED, "", false, load.took()));
            }
        } catch (ModelUnusableException | MemoryShortException | TargetUnavailableException e) {
            LOG.debugf("model %s was not moved to a better target: %s", version.reference(), e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.warnf(e, "failed to move model %s to a better target", version.reference());
        }
    }

    /** What may pass is told by whoever waits for it; that the model is no good there, only here. */
    private void stay(VersionDirectory version, ModelState.Serving serving, Execution execution) {
        List<PassedOver> news = execution.passedOver().stream()
                .filter(over ->
                        !over.mayPass() && !serving.execution().passedOver().contains(over))
                .toList();
        if (!news.isEmpty()) {
            LOG.warnf(
                    "model %s stays on %s, %s",
                    version.reference(), execution.target().label(), PassedOver.reasons(news));
        }
        slot.explain(serving, execution);
    }

    private void tell(ReloadResult result) {
        listeners.tell(listener -> listener.accept(result));
    }

    private Ending load(VersionDirectory version, ModelFiles files, boolean awaitEngine) {
        try {
            ServedModel model = loader.load(version, files, awaitEngine);
            return slot.serve(model) ? new Ending(Outcome.SERVED, "") : STOPPING;
        } catch (ModelUnreadableException e) {
            return new Ending(Outcome.POSTPONED, String.valueOf(e.getMessage()));
        } catch (ModelUnusableException e) {
            return refused(version, files, String.valueOf(e.getMessage()));
        } catch (MemoryShortException e) {
            return new Ending(Outcome.POSTPONED, String.valueOf(e.getMessage()), true);
        } catch (TargetUnavailableException e) {
            return new Ending(Outcome.POSTPONED, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            LOG.errorf(e, "failed to load model %s", version.reference());
            return new Ending(Outcome.POSTPONED, "not enough memory to load the model: " + e, true);
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "failed to load model %s", version.reference());
            return refused(version, files, e.toString());
        }
    }

    /**
     * What has changed meanwhile is not what was refused: it is tried once it has come to rest. Nor does it speak against a
     * version that it could not be opened by a process that ends.
     */
    private Ending refused(VersionDirectory version, ModelFiles files, String reason) {
        if (slot.isClosed()) {
            return STOPPING;
        }
        return ModelFiles.look(version.path()).stamp().equals(files.stamp())
                ? new Ending(Outcome.FAILED, reason)
                : new Ending(Outcome.POSTPONED, "files changed while being loaded: " + reason);
    }

    /** Once for each reason. */
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

    /** What is postponed is tried again at each look, and said once for each reason. */
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
