package io.scopegate.inference.trial;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.engine.BuildClock;
import io.scopegate.inference.engine.BuildLog;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.onnx.ModelEngines;
import io.scopegate.inference.onnx.Network;
import io.scopegate.inference.onnx.OnnxSessions;
import io.scopegate.inference.onnx.OnnxTargets;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.RequestedTarget;
import io.scopegate.inference.target.TargetPlanner;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.inference.target.TargetUnavailableException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the engine of a model into a cache, or opens a model on a GPU. Uses the server's own code to check the machine,
 * to build and open the engine, and to compare it with the golden pictures. Owns the engine builds. Not thread-safe.
 */
public final class EnginePreparation implements AutoCloseable {

    private final TargetPlanner planner;
    private final ModelEngines engines;
    private final SessionFactory sessions;

    /** Takes ownership of the engine builds. */
    public EnginePreparation(TargetPlanner planner, ModelEngines engines) {
        this.planner = planner;
        this.engines = engines;
        this.sessions = new OnnxSessions(planner, engines).waiting();
    }

    /**
     * Creates a preparation for this machine. Does not look at the machine yet.
     *
     * @param cache directory of engines, created by the first build
     * @param device index of the GPU, from 0
     * @param progress receives lines for people
     * @throws IllegalStateException if ONNX Runtime would send telemetry in this process
     */
    public static EnginePreparation ofThisMachine(Path cache, int device, Consumer<String> progress) {
        TargetSettings settings = new TargetSettings(RequestedTarget.TENSORRT, device, true);
        EngineStore store = new EngineStore(cache, Clock.systemUTC(), progress);
        EngineBuilds builds =
                new EngineBuilds(store, BuildClock.SYSTEM, new BuildLog(progress, progress), Duration.ZERO);
        return new EnginePreparation(
                new TargetPlanner(settings, DeviceProbe.ofThisMachine(), new OnnxTargets(device)),
                ModelEngines.ofThisMachine(builds, device));
    }

    /**
     * The result of a preparation.
     *
     * @param findings one for each target that was tried, in order; the last is the engine's, if there is one
     * @param engine its directory in the cache; null if there is none that may serve
     */
    public record Prepared(List<Finding> findings, @Nullable Path engine) {

        public Prepared {
            findings = List.copyOf(findings);
        }

        /** Returns why there is no engine, and what to do about it, or why there is no better one; for people. */
        public String reasons() {
            return Finding.reasons(findings);
        }
    }

    /**
     * Prepares the engine for the first of these targets on which the model gives the published answers. Blocks for the
     * minutes that a build takes.
     *
     * @param targets TensorRT targets, tried in this order
     * @throws ModelUnusableException if the model's network cannot be read
     * @throws TargetUnavailableException if the engine, which had been there, is no longer available
     */
    public Prepared prepare(PublishedModel model, List<ExecutionTarget> targets)
            throws ModelUnusableException, TargetUnavailableException {
        Trial trial = new Trial(planner, sessions, model);
        List<Finding> findings = new ArrayList<>();
        for (ExecutionTarget target : targets) {
            Finding finding = trial.of(target);
            findings.add(finding);
            if (finding.usable()) {
                return new Prepared(findings, engines.buildNow(Network.of(model), target));
            }
        }
        return new Prepared(findings, null);
    }

    /**
     * Opens a model on a GPU target. If it needs an engine there that is not in the cache, the engine is built first,
     * which blocks for minutes. Golden pictures are not run.
     *
     * @return a session, which the caller has to close before this object
     * @throws ModelUnusableException if the model's network cannot be read, or is none
     * @throws TargetUnavailableException if a check of the target fails, with what to do about it
     */
    public InferenceSession open(PublishedModel model, ExecutionTarget target)
            throws ModelUnusableException, TargetUnavailableException {
        for (ProbeStep step : planner.steps(target)) {
            if (step.hasFailed()) {
                throw new TargetUnavailableException(step.detail());
            }
        }
        return sessions.open(model, target);
    }

    @Override
    public void close() {
        engines.builds().close();
    }
}
