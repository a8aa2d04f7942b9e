package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.scopegate.bundle.engine.SilentOnnxRuntime;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.DeviceLoss;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetPlan;
import io.scopegate.inference.target.TargetPlanner;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.inference.target.TargetUnavailableException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens networks with ONNX Runtime. Any thread. */
public final class OnnxSessions implements SessionFactory {

    private final OnnxSettings settings;
    private final OnnxTargets targets;
    private final TargetPlanner planner;
    private final ModelEngines engines;
    private final DeviceLoss loss = new DeviceLoss();

    /**
     * Looks at nothing yet.
     *
     * @param engines where those of TensorRT are kept
     * @throws IllegalStateException if ONNX Runtime would send telemetry in this process
     */
    public OnnxSessions(OnnxSettings settings, TargetSettings wanted, DeviceProbe probe, EngineStore engines) {
        SilentOnnxRuntime.requireSilence();
        this.settings = settings;
        this.targets = new OnnxTargets(wanted.device());
        this.planner = new TargetPlanner(wanted, probe, targets);
        this.engines = new ModelEngines(engines, probe, wanted.device());
    }

    @Override
    public TargetPlan plan() throws TargetUnavailableException {
        return loss.remaining(planner.plan());
    }

    @Override
    public Optional<String> lostDevice() {
        return loss.reason();
    }

    /** Where TensorRT has no engine of this model yet, one is built first, which takes minutes. */
    @Override
    public InferenceSession open(PublishedModel model, ExecutionTarget target)
            throws ModelUnusableException, TargetUnavailableException {
        loss.require(target);
        byte[] network = model.readNetwork();
        try {
            EngineFiles engine = target.isTensorRt() ? engine(model, target, network) : null;
            return loss.watch(open(model, network, options(target, engine)));
        } catch (OrtException | RuntimeException e) {
            if (target.isGpu()) {
                throw unavailable(e);
            }
            throw new ModelUnusableException(
                    model.network() + ": not a network that can be run: " + OnnxError.text(e), e);
        }
    }

    private TargetUnavailableException unavailable(Exception e) {
        String reason = "session: " + OnnxError.text(e);
        if (DeviceFault.isLasting(e.getMessage())) {
            loss.lost(reason);
        }
        return new TargetUnavailableException(reason, e);
    }

    private EngineFiles engine(PublishedModel model, ExecutionTarget target, byte[] network)
            throws OrtException, TargetUnavailableException {
        ModelManifest manifest = model.manifest();
        Path directory = engines.of(model, target, into -> {
            load(network, target, new EngineFiles(manifest, into, true));
            // What was written is not trusted before it has been read.
            load(network, target, new EngineFiles(manifest, into, false));
        });
        return new EngineFiles(manifest, directory, false);
    }

    private void load(byte[] network, ExecutionTarget target, EngineFiles engine) throws OrtException {
        try (SessionOptions options = options(target, engine)) {
            SilentOnnxRuntime.environment().createSession(network, options).close();
        }
    }

    private static InferenceSession open(PublishedModel model, byte[] network, SessionOptions options)
            throws OrtException, ModelUnusableException {
        OrtEnvironment environment = SilentOnnxRuntime.environment();
        try (options) {
            OrtSession session = environment.createSession(network, options);
            try {
                NetworkSignature signature = NetworkSignature.of(session);
                signature.check(model.manifest());
                return new OnnxSession(environment, session, model.manifest(), signature.maxBatch());
            } catch (OrtException | ModelUnusableException | RuntimeException e) {
                session.close();
                throw e;
            }
        }
    }

    private SessionOptions options(ExecutionTarget target, @Nullable EngineFiles engine) throws OrtException {
        SessionOptions options = new SessionOptions();
        try {
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(settings.threads());
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", settings.allowSpinning() ? "1" : "0");
            targets.add(options, target, engine);
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }
}
