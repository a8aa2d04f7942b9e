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

/** Configures ONNX Runtime for each target. May be used from any thread. */
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
     * Adds a target to the options. Any part of a network that the target does not take is an error: nothing falls back
     * to the CPU silently.
     *
     * @param engine the network's engine, if TensorRT runs it; null if there is none, or no network
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
            // The published probabilities were computed with full float32 precision.
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        }
    }
}
