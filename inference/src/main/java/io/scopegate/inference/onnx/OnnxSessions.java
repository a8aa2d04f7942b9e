package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.DeviceLoss;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.engine.BackgroundBuilds;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EnginePendingException;
import io.scopegate.inference.engine.EngineRequest;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.MemoryUnavailableException;
import io.scopegate.inference.target.TargetPlan;
import io.scopegate.inference.target.TargetPlanner;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.inference.target.TargetUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Opens networks with ONNX Runtime. May be used from any thread. */
public final class OnnxSessions implements SessionFactory {

    private final TargetPlanner planner;
    private final ModelEngines engines;
    private final DeviceLoss loss;
    private final boolean waiting;

    private OnnxSessions(TargetPlanner planner, ModelEngines engines, DeviceLoss loss, boolean waiting) {
        this.planner = planner;
        this.engines = engines;
        this.loss = loss;
        this.waiting = waiting;
    }

    /** Creates a factory whose {@link #open} does not wait for TensorRT engines to be built. */
    public OnnxSessions(TargetPlanner planner, ModelEngines engines) {
        this.planner = planner;
        this.loss = new DeviceLoss();
        this.engines = engines.watched(loss);
        this.waiting = false;
    }

    /**
     * Creates a factory whose {@link #open} does not wait for TensorRT engines to be built. Does not look at the
     * machine yet.
     *
     * @param builds builds engines; the caller closes it
     * @throws IllegalStateException if ONNX Runtime would send telemetry in this process
     */
    public OnnxSessions(OnnxSettings settings, TargetSettings targets, DeviceProbe probe, EngineBuilds builds) {
        this(
                new TargetPlanner(targets, probe, new OnnxTargets(targets.device())),
                new ModelEngines(
                        builds,
                        new InstalledOnnxRuntime(settings, new OnnxTargets(targets.device())),
                        probe,
                        targets.device()));
    }

    /** Returns the same factory, but its {@link #open} waits for engines, minutes for each. */
    public SessionFactory waiting() {
        return new OnnxSessions(planner, engines, loss, true);
    }

    @Override
    public TargetPlan plan() throws TargetUnavailableException {
        requireRuntime();
        // A driver that has lost its device may not answer, so it is not asked.
        return loss.remaining(loss.reason().isEmpty() ? planner.plan() : planner.unasked());
    }

    @Override
    public Optional<String> lostDevice() {
        return loss.reason();
    }

    @Override
    public BackgroundBuilds engines() {
        return engines.builds();
    }

    @Override
    public boolean endRuns(Duration patience) throws InterruptedException {
        return engines.runtime().endRuns(patience);
    }

    /** If TensorRT has no engine for this network yet, another thread builds one. */
    @Override
    public InferenceSession open(PublishedModel model, ExecutionTarget target)
            throws ModelUnusableException, TargetUnavailableException {
        loss.require(target);
        requireRuntime();
        Network network = Network.of(model);
        if (target.isTensorRt()) {
            return openEngine(model, network, target);
        }
        try {
            return engines.runtime().open(model, network, target, null);
        } catch (OrtException | RuntimeException e) {
            if (target.isGpu()) {
                throw new TargetUnavailableException("session: " + OnnxError.text(e), e);
            }
            if (DeviceFault.isOfMemory(e.getMessage())) {
                throw new MemoryUnavailableException("session: " + OnnxError.text(e), e);
            }
            throw new ModelUnusableException(
                    model.network() + ": not a network that can be run: " + OnnxError.text(e), e);
        }
    }

    /**
     * Loads ONNX Runtime, if that has not happened yet. A failure says nothing about the network to be opened: the
     * process is ending, or this machine lacks what the native library needs.
     */
    private void requireRuntime() throws TargetUnavailableException {
        try {
            engines.runtime().version();
        } catch (IllegalStateException e) {
            throw new TargetUnavailableException(OnnxError.text(e), e);
        } catch (LinkageError | RuntimeException e) {
            throw new TargetUnavailableException(
                    "the native library of ONNX Runtime cannot be loaded on this machine; fix this and restart the process: "
                            + OnnxError.root(e),
                    e);
        }
    }

    private InferenceSession openEngine(PublishedModel model, Network network, ExecutionTarget target)
            throws ModelUnusableException, TargetUnavailableException {
        EngineRequest request = engines.request(network, target);
        while (true) {
            Path directory =
                    waiting ? engines.builds().now(request) : engines.builds().ready(request);
            try {
                InferenceSession session =
                        engines.runtime().open(model, network, target, engines.files(network, target, directory));
                engines.builds().opened(request);
                return session;
            } catch (OrtException | RuntimeException e) {
                TargetUnavailableException problem =
                        engines.builds().notOpened(request, OnnxError.text(e), !DeviceFault.isOfDevice(e.getMessage()));
                if (!waiting || !(problem instanceof EnginePendingException)) {
                    throw problem;
                }
            }
        }
    }
}
