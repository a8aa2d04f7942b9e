package io.scopegate.trainer.cli;

import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceFailedException;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.InputBatch;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.GpuDevice;
import io.scopegate.inference.device.NvidiaDriver;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.device.ProbeStep.Name;
import io.scopegate.inference.engine.BuildClock;
import io.scopegate.inference.engine.BuildLog;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.onnx.EngineFiles;
import io.scopegate.inference.onnx.ModelEngines;
import io.scopegate.inference.onnx.Network;
import io.scopegate.inference.onnx.NetworkRuntime;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.target.RequestedTarget;
import io.scopegate.inference.target.TargetPlanner;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.inference.trial.EnginePreparation;
import io.scopegate.trainer.export.OnnxNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a GPU, its driver and its ONNX Runtime. It runs networks on the CPU and adds 1 to both logits, so that
 * its answers can be told from the CPU's.
 */
final class StandInGpu implements NetworkRuntime, NvidiaDriver {

    /** Precisions of the engines that were built, in order. */
    final List<String> built = new ArrayList<>();

    /** Targets on which networks were opened, in order, each with the engine's directory if it has one. */
    final List<String> opened = new ArrayList<>();

    /** Number of open sessions. */
    int open;

    /** If set, sessions swap the two logits, raise the first by 9 and lower the second by 9: wrong answers. */
    boolean wrong;

    EnginePreparation preparation(Path cache, int device, Consumer<String> progress) {
        EngineStore store = new EngineStore(cache, Clock.systemUTC(), progress);
        EngineBuilds builds = new EngineBuilds(store, BuildClock.SYSTEM, new BuildLog(_ -> {}, _ -> {}), Duration.ZERO);
        DeviceProbe probe = new DeviceProbe(this, () -> 101501);
        TargetPlanner planner = new TargetPlanner(
                new TargetSettings(RequestedTarget.TENSORRT, device, true),
                probe,
                _ -> ProbeStep.passed(Name.PROVIDER, "taken"));
        return new EnginePreparation(planner, new ModelEngines(builds, this, probe, device));
    }

    @Override
    public int cudaVersion() {
        return 13000;
    }

    @Override
    public GpuDevice device(int index) {
        return new GpuDevice("Stub", 9, 0, 80L << 30);
    }

    @Override
    public String version() {
        return "1.29.0";
    }

    @Override
    public int maxBatch(Network network) {
        return Integer.MAX_VALUE;
    }

    @Override
    public void load(Network network, EngineFiles engine) {
        if (engine.building()) {
            built.add(engine.specification().precision().text());
            try {
                Files.writeString(engine.directory().resolve("network.engine"), "plan");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public InferenceSession open(
            PublishedModel model, Network network, ExecutionTarget target, @Nullable EngineFiles engine) {
        opened.add(engine == null ? target.label() : target.label() + " " + engine.directory());
        try {
            Session session = new Session(new OnnxNetwork(model.network()));
            open++;
            return session;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Session implements InferenceSession {

        private final OnnxNetwork network;

        Session(OnnxNetwork network) {
            this.network = network;
        }

        @Override
        public List<float[]> run(InputBatch batch) throws InferenceFailedException {
            List<float[]> answers = new ArrayList<>();
            float[] frame = new float[batch.floats().remaining() / batch.frames()];
            try {
                for (int i = 0; i < batch.frames(); i++) {
                    batch.floats().get(batch.floats().position() + i * frame.length, frame);
                    float[] logits = network.logits(frame);
                    answers.add(
                            wrong
                                    ? new float[] {logits[1] + 9, logits[0] - 9}
                                    : new float[] {logits[0] + 1, logits[1] + 1});
                }
            } catch (IOException e) {
                throw new InferenceFailedException(String.valueOf(e.getMessage()), e);
            }
            return answers;
        }

        @Override
        public void close() {
            open--;
            try {
                network.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
