package io.scopegate.inference.onnx;

import ai.onnxruntime.OrtException;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.inference.DeviceLoss;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.ProbeFailedException;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineKey;
import io.scopegate.inference.engine.EngineOrder;
import io.scopegate.inference.engine.EnginePendingException;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.TargetUnavailableException;
import java.nio.file.Path;

/**
 * The engines of networks on this machine: found, or built by ONNX Runtime. Any thread.
 *
 * @param builds builds them
 * @param runtime by which
 * @param probe tells what they depend on
 * @param device index of the GPU, from 0
 */
public record ModelEngines(EngineBuilds builds, NetworkRuntime runtime, DeviceProbe probe, int device) {

    /** With the ONNX Runtime of this process. */
    public static ModelEngines ofThisMachine(EngineBuilds builds, int device) {
        // An engine is the same however many threads compute beside it.
        NetworkRuntime runtime = new InstalledOnnxRuntime(new OnnxSettings(1, false), new OnnxTargets(device));
        return new ModelEngines(builds, runtime, DeviceProbe.ofThisMachine(), device);
    }

    /** The same, but tells of the loss of the GPU. */
    ModelEngines watched(DeviceLoss loss) {
        return new ModelEngines(builds, new WatchedRuntime(runtime, loss), probe, device);
    }

    /**
     * The directory of a network's engine; does not wait for a build.
     *
     * @throws EnginePendingException if it is being built
     * @throws TargetUnavailableException if it cannot be built or kept, or the machine does not say what it is
     * @throws ModelUnusableException if the network cannot be read, or is not what it was
     */
    public Path ready(Network network, ExecutionTarget target)
            throws TargetUnavailableException, ModelUnusableException {
        return builds.ready(order(network, target));
    }

    /**
     * As {@link #ready}, but waits for as long as the build takes, which is minutes.
     *
     * @throws TargetUnavailableException if it cannot be built or kept, or the machine does not say what it is
     * @throws ModelUnusableException if the network cannot be read, or is not what it was
     */
    public Path buildNow(Network network, ExecutionTarget target)
            throws TargetUnavailableException, ModelUnusableException {
        return builds.now(order(network, target));
    }

    /** How the provider finds a network's engine there. */
    EngineFiles files(Network network, ExecutionTarget target, Path directory) throws ModelUnusableException {
        return new EngineFiles(options(network, target), directory, false);
    }

    /** A manifest may allow more frames than its network takes. */
    private EngineOptions options(Network network, ExecutionTarget target) throws ModelUnusableException {
        return EngineOptions.of(network.profile().atMost(runtime.maxBatch(network)), target);
    }

    EngineOrder order(Network network, ExecutionTarget target)
            throws TargetUnavailableException, ModelUnusableException {
        EngineOptions options = options(network, target);
        try {
            EngineKey key = new EngineKey(network.digest(), options.make(), runtime.version(), probe.facts(device));
            return new EngineOrder(key, network.name(), into -> build(network, options, into));
        } catch (ProbeFailedException | UnsupportedOperationException | IllegalArgumentException e) {
            throw new TargetUnavailableException("engine: " + e.getMessage(), e);
        }
    }

    private void build(Network network, EngineOptions options, Path into) throws TargetUnavailableException {
        try {
            runtime.load(network, new EngineFiles(options, into, true));
            WrittenEngine.require(into);
            // What was written is not trusted before it has been read.
            runtime.load(network, new EngineFiles(options, into, false));
        } catch (OrtException e) {
            throw new TargetUnavailableException(OnnxError.text(e), e);
        } catch (ModelUnusableException e) {
            throw new TargetUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
