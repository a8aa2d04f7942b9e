package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.DeviceLoss;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a runtime so that its builds, openings and runs report the loss of the GPU.
 *
 * @param runtime opens networks
 * @param loss receives the reports
 */
record WatchedRuntime(NetworkRuntime runtime, DeviceLoss loss) implements NetworkRuntime {

    @Override
    public String version() {
        return runtime.version();
    }

    @Override
    public int maxBatch(Network network) throws ModelUnusableException {
        return runtime.maxBatch(network);
    }

    @Override
    public void load(Network network, EngineFiles engine)
            throws OrtException, ModelUnusableException, TargetUnavailableException {
        // The device may have been lost while the build waited for its turn; TensorRT may end the process over a lost
        // device.
        loss.requireGpu();
        try {
            runtime.load(network, engine);
        } catch (OrtException | RuntimeException e) {
            tell("engine: ", e);
            throw e;
        }
    }

    @Override
    public InferenceSession open(
            PublishedModel model, Network network, ExecutionTarget target, @Nullable EngineFiles engine)
            throws OrtException, ModelUnusableException {
        try {
            return loss.watch(runtime.open(model, network, target, engine));
        } catch (OrtException | RuntimeException e) {
            tell("session: ", e);
            throw e;
        }
    }

    @Override
    public boolean endRuns(Duration patience) throws InterruptedException {
        return runtime.endRuns(patience);
    }

    private void tell(String step, Exception e) {
        if (DeviceFault.isLasting(e.getMessage())) {
            loss.lost(step + OnnxError.text(e));
        }
    }
}
