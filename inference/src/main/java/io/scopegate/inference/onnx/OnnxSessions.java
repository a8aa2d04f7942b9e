package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.scopegate.bundle.engine.SilentOnnxRuntime;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetPlan;
import io.scopegate.inference.target.TargetPlanner;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.inference.target.TargetUnavailableException;

/** Opens networks with ONNX Runtime. Any thread. */
public final class OnnxSessions implements SessionFactory {

    private final OnnxSettings settings;
    private final OnnxTargets targets;
    private final TargetPlanner planner;

    /**
     * Looks at nothing yet.
     *
     * @throws IllegalStateException if ONNX Runtime would send telemetry in this process
     */
    public OnnxSessions(OnnxSettings settings, TargetSettings wanted, DeviceProbe probe) {
        SilentOnnxRuntime.requireSilence();
        this.settings = settings;
        this.targets = new OnnxTargets(wanted.device());
        this.planner = new TargetPlanner(wanted, probe, targets);
    }

    @Override
    public TargetPlan plan() throws TargetUnavailableException {
        return planner.plan();
    }

    @Override
    public InferenceSession open(PublishedModel model, ExecutionTarget target)
            throws ModelUnusableException, TargetUnavailableException {
        OrtEnvironment environment = SilentOnnxRuntime.environment();
        try (SessionOptions options = options(model.manifest(), target)) {
            OrtSession session = environment.createSession(model.readNetwork(), options);
            try {
                NetworkSignature signature = NetworkSignature.of(session);
                signature.check(model.manifest());
                return new OnnxSession(environment, session, model.manifest(), signature.maxBatch());
            } catch (OrtException | ModelUnusableException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            if (target.isGpu()) {
                throw new TargetUnavailableException("session: ONNX Runtime: " + e.getMessage(), e);
            }
            throw new ModelUnusableException(model.network() + ": not a network that can be run: " + e.getMessage(), e);
        }
    }

    private SessionOptions options(ModelManifest manifest, ExecutionTarget target) throws OrtException {
        SessionOptions options = new SessionOptions();
        try {
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(settings.threads());
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", settings.allowSpinning() ? "1" : "0");
            targets.add(options, target, manifest);
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }
}
