package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.scopegate.bundle.engine.SilentOnnxRuntime;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.SessionFactory;

/** Opens networks with ONNX Runtime on the CPU. */
public final class OnnxSessions implements SessionFactory {

    private final OnnxSettings settings;

    /** @throws IllegalStateException if ONNX Runtime would send telemetry in this process */
    public OnnxSessions(OnnxSettings settings) {
        SilentOnnxRuntime.requireSilence();
        this.settings = settings;
    }

    @Override
    public InferenceSession open(PublishedModel model) throws ModelUnusableException {
        OrtEnvironment environment = SilentOnnxRuntime.environment();
        try (SessionOptions options = options()) {
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
            throw new ModelUnusableException(model.network() + ": not a network that can be run: " + e.getMessage(), e);
        }
    }

    private SessionOptions options() throws OrtException {
        SessionOptions options = new SessionOptions();
        try {
            options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
            options.setIntraOpNumThreads(settings.threads());
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", settings.allowSpinning() ? "1" : "0");
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }
}
