package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import io.scopegate.inference.target.TargetPlanner;
import io.scopegate.inference.target.TargetSettings;
import io.scopegate.inference.target.WantedTarget;
import io.scopegate.inference.trial.EnginePreparation;
import io.scopegate.trainer.cli.EngineExport.Signature;
import io.scopegate.trainer.evaluate.QualityGateException;
import io.scopegate.trainer.export.OnnxNetwork;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.GoldenValues;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.torch.TorchStateDict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Engines of exported networks, on a GPU and an ONNX Runtime that are stand-ins: they compute on the processors. */
class EngineExportTest {

    private static final SeResNet NARROW = new SeResNet(new Architecture(8, List.of(1, 1, 1, 1)));
    private static final Signature AS_IMPORTED = new Signature("INPUT__0", "OUTPUT__0", 8);

    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();
    private final List<String> built = new ArrayList<>();
    private boolean wrong;

    @Test
    void aServerFindsTheEngineOfTheModelThatIsPublishedFromTheSameWeights() throws Exception {
        StateDict weights = GoldenValues.weights(NARROW);
        TorchStateDict.write(weights, folder.resolve("model.pt"));
        Path onnx = folder.resolve("exported.onnx");

        write(weights, onnx);
        PublishedModel published = imported();

        assertThat(onnx).hasSameBinaryContentAs(published.network());
        assertThat(built).containsExactly("fp16");
        try (EnginePreparation server = preparation()) {
            Path engine = server.prepare(published, List.of(ExecutionTarget.TENSORRT_FP16))
                    .engine();
            assertThat(progress).contains("engine: " + engine);
        }
        assertThat(built).as("not built again").containsExactly("fp16");
    }

    @Test
    void aPublishedModelsOwnFileIsTheEngines() throws Exception {
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("model.pt"));
        PublishedModel published = imported();
        Path onnx = folder.resolve("copy.onnx");

        try (EnginePreparation preparation = preparation()) {
            new EngineExport(onnx, ExecutionTarget.TENSORRT_FP32, preparation).write(published, progress::add);
        }

        assertThat(onnx).hasSameBinaryContentAs(published.network());
        assertThat(built).containsExactly("fp32");
    }

    @Test
    void anEngineThatAnswersWronglyIsRefusedAndTheOnnxFileKept() throws Exception {
        wrong = true;
        Path onnx = folder.resolve("exported.onnx");

        assertThatThrownBy(() -> write(GoldenValues.weights(NARROW), onnx))
                .isInstanceOf(QualityGateException.class)
                .hasMessageStartingWith("engine: not on tensorrt-fp16: golden: ")
                .hasMessageEndingWith("Kept: " + onnx + "; add --force to try again");

        assertThat(onnx).isNotEmptyFile();
    }

    @Test
    void aMachineWithoutAGpuIsToldWhatToInstallAndTheOnnxFileIsKept() throws Exception {
        assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "a machine without NVIDIA's driver");
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("model.pt"));
        Path onnx = folder.resolve("exported.onnx");

        PrintStream standardError = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        int status;
        try {
            status = export(onnx);
        } finally {
            System.setErr(standardError);
        }

        assertThat(status).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("Kept: " + onnx + "; add --force to try again");
        assertThat(onnx).isNotEmptyFile();
        assertThat(cache()).doesNotExist();
    }

    private int export(Path onnx) {
        return new CommandLine(new ExportCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(
                        "--format",
                        "engine",
                        "--weights",
                        folder.resolve("model.pt").toString(),
                        "--out",
                        onnx.toString(),
                        "--cache",
                        cache().toString());
    }

    private void write(StateDict weights, Path onnx) throws Exception {
        try (EnginePreparation preparation = preparation()) {
            new EngineExport(onnx, ExecutionTarget.TENSORRT_FP16, preparation)
                    .write(weights, AS_IMPORTED, progress::add);
        }
    }

    private PublishedModel imported() throws Exception {
        int status = new CommandLine(new ImportCommand())
                .execute(
                        folder.resolve("model.pt").toString(),
                        "--name",
                        "narrow",
                        "--models",
                        folder.resolve("models").toString());
        assertThat(status).isZero();
        return PublishedModel.open(folder.resolve("models/narrow/1"));
    }

    private Path cache() {
        return folder.resolve("engines");
    }

    private EnginePreparation preparation() {
        EngineStore store = new EngineStore(cache(), Clock.systemUTC(), progress::add);
        EngineBuilds builds = new EngineBuilds(store, BuildClock.SYSTEM, new BuildLog(_ -> {}, _ -> {}), Duration.ZERO);
        DeviceProbe probe = new DeviceProbe(new Stub(), () -> 101501);
        TargetPlanner planner = new TargetPlanner(
                new TargetSettings(WantedTarget.TENSORRT, 0, true),
                probe,
                _ -> ProbeStep.passed(Name.PROVIDER, "taken"));
        return new EnginePreparation(planner, new ModelEngines(builds, new Processors(), probe, 0));
    }

    private static final class Stub implements NvidiaDriver {

        @Override
        public int cudaVersion() {
            return 13000;
        }

        @Override
        public GpuDevice device(int index) {
            return new GpuDevice("Stub", 9, 0, 80L << 30);
        }
    }

    private final class Processors implements NetworkRuntime {

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
                built.add(engine.make().precision().text());
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
            return new InferenceSession() {
                @Override
                public List<float[]> run(InputBatch batch) throws InferenceFailedException {
                    return answers(model, batch);
                }

                @Override
                public void close() {}
            };
        }
    }

    private List<float[]> answers(PublishedModel model, InputBatch batch) throws InferenceFailedException {
        List<float[]> answers = new ArrayList<>();
        try (OnnxNetwork network = new OnnxNetwork(model.network())) {
            float[] frame = new float[batch.floats().remaining() / batch.frames()];
            for (int i = 0; i < batch.frames(); i++) {
                batch.floats().get(batch.floats().position() + i * frame.length, frame);
                float[] logits = network.logits(frame);
                answers.add(wrong ? new float[] {logits[1] + 9, logits[0] - 9} : logits);
            }
        } catch (IOException e) {
            throw new InferenceFailedException(String.valueOf(e.getMessage()), e);
        }
        return answers;
    }
}
