package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.inference.DeviceLoss;
import io.scopegate.inference.device.DeviceFacts;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.ProbeFailedException;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineKey;
import io.scopegate.inference.engine.EnginePendingException;
import io.scopegate.inference.engine.EngineRequest;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import java.nio.file.Path;

/**
 * The engines of networks on this machine: found, or built with ONNX Runtime. May be used from any thread.
 *
 * @param builds finds and builds engines
 * @param runtime opens the networks to build them
 * @param probe reports what engines depend on
 * @param device index of the GPU, from 0
 */
public record ModelEngines(EngineBuilds builds, NetworkRuntime runtime, DeviceProbe probe, int device) {

    /** Uses the ONNX Runtime of this process. */
    public static ModelEngines ofThisMachine(EngineBuilds builds, int device) {
        // An engine is the same for any number of CPU threads.
        NetworkRuntime runtime = new InstalledOnnxRuntime(new OnnxSettings(1, false), new OnnxTargets(device));
        return new ModelEngines(builds, runtime, DeviceProbe.ofThisMachine(), device);
    }

    /** Returns the same, but reports the loss of the GPU. */
    ModelEngines watched(DeviceLoss loss) {
        return new ModelEngines(builds, new WatchedRuntime(runtime, loss), probe, device);
    }

    /**
     * Returns the directory of a network's engine. Does not wait for a build.
     *
     * @throws EnginePendingException if the engine is being built
     * @throws TargetUnavailableException if it cannot be built or kept, or the machine does not report what it depends
     *     on
     * @throws ModelUnusableException if the network cannot be read, or has changed
     */
    public Path ready(Network network, ExecutionTarget target)
            throws TargetUnavailableException, ModelUnusableException {
        return builds.ready(request(network, target));
    }

    /**
     * Same as {@link #ready}, but waits for as long as the build takes, which is minutes.
     *
     * @throws TargetUnavailableException if the engine cannot be built or kept, or the machine does not report what it
     *     depends on
     * @throws ModelUnusableException if the network cannot be read, or has changed
     */
    public Path buildNow(Network network, ExecutionTarget target)
            throws TargetUnavailableException, ModelUnusableException {
        return builds.now(request(network, target));
    }

    /** Returns how the provider finds a network's engine in this directory. */
    EngineFiles files(Network network, ExecutionTarget target, Path directory) throws ModelUnusableException {
        return new EngineFiles(options(network, target), directory, false);
    }

    /** Limits the batch to what the network takes, since the manifest may allow more. */
    private EngineOptions options(Network network, ExecutionTarget target) throws ModelUnusableException {
        return EngineOptions.of(network.profile().atMost(runtime.maxBatch(network)), target);
    }

    EngineRequest request(Network network, ExecutionTarget target)
            throws TargetUnavailableException, ModelUnusableException {
        EngineOptions options = options(network, target);
        try {
            DeviceFacts facts = probe.facts(device);
            EngineKey key = new EngineKey(network.digest(), options.specification(), runtime.version(), facts);
            return new EngineRequest(key, network.name(), into -> {
                probe.buildRisk(facts.device()).ifPresent(builds::warn);
                build(network, options, into);
            });
        } catch (ProbeFailedException | UnsupportedOperationException | IllegalArgumentException e) {
            throw new TargetUnavailableException("engine: " + e.getMessage(), e);
        }
    }

    private void build(Network network, EngineOptions options, Path into) throws TargetUnavailableException {
        try {
            runtime.load(network, new EngineFiles(options, into, true));
            WrittenEngine.require(into);
            // An engine that was written is not trusted before it has been read once.
            runtime.load(network, new EngineFiles(options, into, false));
        } catch (OrtException e) {
            throw new TargetUnavailableException(OnnxError.text(e), e);
        } catch (ModelUnusableException e) {
            throw new TargetUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
