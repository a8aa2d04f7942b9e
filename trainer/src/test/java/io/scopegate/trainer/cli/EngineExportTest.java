package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.trial.EnginePreparation;
import io.scopegate.trainer.cli.EngineExport.Signature;
import io.scopegate.trainer.evaluate.QualityGateException;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.GoldenValues;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.torch.TorchStateDict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Builds engines of exported networks, with a stand-in for the GPU. */
class EngineExportTest {

    private static final SeResNet NARROW = new SeResNet(new Architecture(8, List.of(1, 1, 1, 1)));
    private static final Signature AS_IMPORTED = new Signature("INPUT__0", "OUTPUT__0", 8);

    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();
    private final StandInGpu gpu = new StandInGpu();

    /**
     * An engine is built for exported weights. A server then serves a model that was published from the same weights:
     * it finds this engine and builds none.
     */
    @Test
    void aServerFindsTheEngineOfTheModelThatIsPublishedFromTheSameWeights() throws Exception {
        StateDict weights = GoldenValues.weights(NARROW);
        TorchStateDict.write(weights, folder.resolve("model.pt"));
        Path onnx = folder.resolve("exported.onnx");

        write(weights, onnx);
        PublishedModel published = imported();

        assertThat(onnx).hasSameBinaryContentAs(published.network());
        assertThat(gpu.built).containsExactly("fp16");
        try (EnginePreparation server = preparation()) {
            Path engine = server.prepare(published, List.of(ExecutionTarget.TENSORRT_FP16))
                    .engine();
            assertThat(progress).contains("engine: " + engine);
        }
        assertThat(gpu.built).as("not built again").containsExactly("fp16");
    }

    /** The network that the engine is built for is a copy of the published model's ONNX file. */
    @Test
    void engineIsBuiltFromThePublishedOnnxFile() throws Exception {
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("model.pt"));
        PublishedModel published = imported();
        Path onnx = folder.resolve("copy.onnx");

        try (EnginePreparation preparation = preparation()) {
            new EngineExport(onnx, ExecutionTarget.TENSORRT_FP32, preparation).write(published, progress::add);
        }

        assertThat(onnx).hasSameBinaryContentAs(published.network());
        assertThat(gpu.built).containsExactly("fp32");
    }

    @Test
    void anEngineThatAnswersWronglyIsRefusedAndTheOnnxFileKept() throws Exception {
        gpu.wrong = true;
        Path onnx = folder.resolve("exported.onnx");

        assertThatThrownBy(() -> write(GoldenValues.weights(NARROW), onnx))
                .isInstanceOf(QualityGateException.class)
                .hasMessageStartingWith("engine: not on tensorrt-fp16: golden: ")
                .hasMessageEndingWith("Kept: " + onnx + "; add --force to try again");

        assertThat(onnx).isNotEmptyFile();
    }

    @Test
    void missingDriverIsReportedAndTheOnnxFileIsKept() throws Exception {
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
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("Install NVIDIA's driver", "Kept: " + onnx + "; add --force to try again");
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
        return gpu.preparation(cache(), 0, progress::add);
    }
}
