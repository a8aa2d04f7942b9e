package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.scopegate.bundle.engine.SilentOnnxRuntime;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.engine.Precision;
import io.scopegate.inference.target.ExecutionTarget;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The ONNX Runtime of this process. May be used from any thread. */
final class InstalledOnnxRuntime implements NetworkRuntime {

    private final OnnxSettings settings;
    private final OnnxTargets targets;
    private final Map<String, Integer> maxBatches = new ConcurrentHashMap<>();
    private final ActiveRuns runs = new ActiveRuns();

    /**
     * Loads nothing yet.
     *
     * @throws IllegalStateException if ONNX Runtime would send telemetry in this process
     */
    InstalledOnnxRuntime(OnnxSettings settings, OnnxTargets targets) {
        SilentOnnxRuntime.requireSilence();
        this.settings = settings;
        this.targets = targets;
    }

    @Override
    public String version() {
        return SilentOnnxRuntime.environment().getVersion();
    }

    /** Opens the network on the CPU to find out. Does so only once for each network that can be opened there. */
    @Override
    public int maxBatch(Network network) throws ModelUnusableException {
        Integer known = maxBatches.get(network.digest());
        if (known != null) {
            return known;
        }
        OptionalInt asked = signature(network);
        asked.ifPresent(frames -> maxBatches.put(network.digest(), frames));
        // If the network did not open, that is reported when it is opened to run. The reason may be gone by then, so
        // nothing is kept.
        return asked.orElse(Integer.MAX_VALUE);
    }

    /** Returns how many frames the network takes; empty if it does not open, for example for lack of memory. */
    private static OptionalInt signature(Network network) throws ModelUnusableException {
        try (SessionOptions options = new SessionOptions()) {
            options.setOptimizationLevel(SessionOptions.OptLevel.NO_OPT);
            try (OrtSession session = SessionCreation.create(network, options)) {
                return OptionalInt.of(NetworkSignature.of(session).maxBatch());
            }
        } catch (OrtException e) {
            return OptionalInt.empty();
        }
    }

    @Override
    public void load(Network network, EngineFiles engine) throws OrtException, ModelUnusableException {
        ExecutionTarget target = engine.specification().precision() == Precision.FP16
                ? ExecutionTarget.TENSORRT_FP16
                : ExecutionTarget.TENSORRT_FP32;
        try (SessionOptions options = options(target, engine)) {
            SessionCreation.create(network, options).close();
        }
    }

    @Override
    public InferenceSession open(
            PublishedModel model, Network network, ExecutionTarget target, @Nullable EngineFiles engine)
            throws OrtException, ModelUnusableException {
        runs.requireGoingOn();
        OrtEnvironment environment = SilentOnnxRuntime.environment();
        try (SessionOptions options = options(target, engine)) {
            OrtSession session = SessionCreation.create(network, options);
            boolean opened = false;
            try {
                NetworkSignature signature = NetworkSignature.of(session);
                signature.check(model.manifest());
                OnnxSession ours = new OnnxSession(environment, session, runs, model.manifest(), signature.maxBatch());
                opened = true;
                return ours;
            } finally {
                if (!opened) {
                    session.close();
                }
            }
        }
    }

    @Override
    public boolean endRuns(Duration patience) throws InterruptedException {
        return runs.end(patience);
    }

    private SessionOptions options(ExecutionTarget target, @Nullable EngineFiles engine) throws OrtException {
        SessionOptions options = new SessionOptions();
        boolean filled = false;
        try {
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(settings.threads());
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", settings.allowSpinning() ? "1" : "0");
            targets.add(options, target, engine);
            filled = true;
            return options;
        } finally {
            if (!filled) {
                options.close();
            }
        }
    }
}
