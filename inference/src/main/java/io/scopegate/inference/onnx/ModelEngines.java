package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.engine.SilentOnnxRuntime;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.device.DeviceFacts;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.ProbeFailedException;
import io.scopegate.inference.engine.EngineBuilder;
import io.scopegate.inference.engine.EngineKey;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.engine.Precision;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The engines of published models on this machine. Any thread.
 *
 * @param store where they are kept
 * @param probe tells what they depend on
 * @param device index of the GPU, from 0
 */
record ModelEngines(EngineStore store, DeviceProbe probe, int device) {

    /**
     * The directory of a model's engine, which is built first if there is none that can be trusted. That takes minutes.
     *
     * @throws OrtException from the builder
     * @throws TargetUnavailableException if nothing can be kept, or the machine does not say what it is
     */
    Path of(PublishedModel model, ExecutionTarget target, EngineBuilder<OrtException> builder)
            throws OrtException, TargetUnavailableException {
        try {
            return store.build(key(model, target), builder);
        } catch (ProbeFailedException | UnsupportedOperationException e) {
            throw new TargetUnavailableException("engine: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new TargetUnavailableException(
                    "engine: " + e.getMessage() + ". Make room there, let the server write to it, or name another by"
                            + " scopegate.inference.engine-cache.",
                    e);
        }
    }

    private EngineKey key(PublishedModel model, ExecutionTarget target) throws ProbeFailedException {
        DeviceFacts facts = probe.facts(device);
        return new EngineKey(
                model.digest(),
                target == ExecutionTarget.TENSORRT_FP16 ? Precision.FP16 : Precision.FP32,
                SilentOnnxRuntime.environment().getVersion(),
                facts.tensorRt(),
                facts.cuda(),
                facts.device().architecture(),
                model.manifest().maxBatch());
    }
}
