package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import io.scopegate.bundle.engine.SilentOnnxRuntime;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.device.ProbeStep.Name;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.ProviderCheck;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What ONNX Runtime is told for each target. Any thread. */
public final class OnnxTargets implements ProviderCheck {

    private final int device;

    /** @param device index of the GPU, from 0 */
    public OnnxTargets(int device) {
        this.device = device;
    }

    @Override
    public ProbeStep check(ExecutionTarget target) {
        try (SessionOptions options = openOptions()) {
            add(options, target, null);
            return ProbeStep.passed(Name.PROVIDER, "ONNX Runtime accepts " + target.label());
        } catch (OrtException e) {
            return ProbeStep.failed(Name.PROVIDER, OnnxError.text(e) + " (see docs/gpu.md for what this step needs)");
        }
    }

    private static SessionOptions openOptions() {
        SilentOnnxRuntime.environment();
        return new SessionOptions();
    }

    /**
     * Adds a target. Whatever it does not take of a network is an error: nothing of it goes to the processors unsaid.
     *
     * @param engine of the network, where TensorRT runs it; null where none is, or no network
     */
    void add(SessionOptions options, ExecutionTarget target, @Nullable EngineFiles engine) throws OrtException {
        if (!target.isGpu()) {
            return;
        }
        if (target.isTensorRt()) {
            addTensorRt(options, engine);
        } else {
            addCuda(options);
        }
        options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
    }

    private void addTensorRt(SessionOptions options, @Nullable EngineFiles engine) throws OrtException {
        try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(device)) {
            if (engine != null) {
                for (Map.Entry<String, String> option : engine.options().entrySet()) {
                    tensorRt.add(option.getKey(), option.getValue());
                }
            }
            options.addTensorrt(tensorRt);
        }
    }

    private void addCuda(SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device)) {
            // The published probabilities were computed with all of float32's bits.
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        }
    }
}
