package io.scopegate.cli.bench.target;

import static io.scopegate.inference.target.ExecutionTarget.CUDA;
import static io.scopegate.inference.target.ExecutionTarget.TENSORRT_FP16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.GpuDevice;
import io.scopegate.inference.device.NvidiaDriver;
import io.scopegate.inference.device.ProbeFailedException;
import io.scopegate.inference.target.ExecutionTarget;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchTargetsTest {

    private static final Path MODEL = Path.of("../models/inbody/1");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aTargetThatIsNotThereIsARowWithItsReason(@TempDir Path folder) throws Exception {
        assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "a machine without NVIDIA's driver");
        Path saved = folder.resolve("figures.json");

        int status = run("--target", "tensorrt-fp16,cuda", "--model", MODEL.toString(), "--save", saved.toString());

        assertThat(status).isEqualTo(4);
        assertThat(out.toString())
                .contains("CUDA fp32, TensorRT fp16: libcuda.so.1", "Install NVIDIA's driver", "targets: not measured")
                .containsPattern("\\| TensorRT fp16 \\| +- \\|.* 2\\.31 \\| +2\\.81x \\| +7\\.14 \\|");
        JsonNode figures = new ObjectMapper().readTree(saved.toFile());
        assertThat(figures.at("/rows/0/row").asText()).isEqualTo("cuda");
        assertThat(figures.at("/rows/1/reason").asText()).contains("libcuda.so.1");
        assertThat(figures.at("/verdict/state").asText()).isEqualTo("not measured");
    }

    @Test
    void figuresThatCannotBeSavedArePrintedAllTheSame(@TempDir Path folder) {
        assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "a machine without NVIDIA's driver");
        Path nowhere = folder.resolve("none/figures.json");

        int status = run("--target", "cuda", "--model", MODEL.toString(), "--save", nowhere.toString());

        assertThat(status).isEqualTo(1);
        assertThat(out.toString()).contains("CUDA fp32");
        assertThat(err.toString()).contains("scopegate bench-targets: " + nowhere + ": no such file or folder");
    }

    @Test
    void figuresOfPyTorchStandInTheSameTable(@TempDir Path folder) throws Exception {
        assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "a machine without NVIDIA's driver");
        Path torch = folder.resolve("torch.json");
        Files.writeString(torch, """
                {"pytorch-fp32": {"model": {"1": {"count": 9, "p50Ms": 6.25, "p99Ms": 7.5}}}}""");

        run("--target", "cuda", "--model", MODEL.toString(), "--torch", torch.toString());

        assertThat(out.toString()).containsPattern("\\| PyTorch fp32 +\\| +6\\.250 \\| +7\\.500 \\| +1\\.00x \\|");
    }

    @Test
    void theRowsOfAnEarlierRunAppearInTheSameTableAndFile(@TempDir Path folder) throws Exception {
        assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "a machine without NVIDIA's driver");
        Path earlier = Files.writeString(folder.resolve("cuda.json"), """
                {"digest": "%s", "rows": [
                  {"row": "cuda",
                   "model": {"1": {"count": 9, "p50Ms": 6.25, "p99Ms": 7.5}},
                   "endToEnd": {"256x256": {"count": 9, "p50Ms": 8.25, "p99Ms": 9.5}}},
                  {"row": "tensorrt-fp16", "reason": "measured anew"}]}""".formatted(digest()));
        Path saved = folder.resolve("both.json");

        run("--target", "tensorrt-fp16", "--model", MODEL.toString(), "--earlier", "" + earlier, "--save", "" + saved);

        assertThat(out.toString())
                .containsPattern("\\| CUDA fp32 +\\| +6\\.250 \\| +7\\.500 \\|.* 8\\.250 \\| +9\\.500 \\|")
                .contains("TensorRT fp16: libcuda.so.1")
                .doesNotContain("measured anew");
        JsonNode figures = new ObjectMapper().readTree(saved.toFile());
        assertThat(figures.at("/rows/0/endToEnd/256x256/p50Ms").asDouble()).isEqualTo(8.25);
        assertThat(figures.path("rows")).hasSize(2);
    }

    @Test
    void theRowsOfAnEarlierRunOfAnotherModelAreRefused(@TempDir Path folder) throws Exception {
        Path earlier = Files.writeString(folder.resolve("cuda.json"), """
                {"digest": "sha256:00", "rows": [
                  {"row": "cuda", "model": {"1": {"count": 9, "p50Ms": 6.25, "p99Ms": 7.5}}}]}""");

        assertThat(run("--target", "tensorrt-fp16", "--model", MODEL.toString(), "--earlier", "" + earlier))
                .isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains(earlier + ": not written by bench-targets --save for this model: digest: expected " + digest()
                        + ", is sha256:00");
    }

    @Test
    void aRowOfPyTorchIsThatOfItsOwnFileAndNotOfAnEarlierRun(@TempDir Path folder) throws Exception {
        assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "a machine without NVIDIA's driver");
        Path torch = Files.writeString(folder.resolve("torch.json"), """
                {"pytorch-fp32": {"model": {"1": {"count": 9, "p50Ms": 6.25, "p99Ms": 7.5}}}}""");
        Path earlier = Files.writeString(folder.resolve("cuda.json"), """
                {"digest": "%s", "rows": [
                  {"row": "pytorch-fp32", "model": {"1": {"count": 9, "p50Ms": 1.25, "p99Ms": 2.5}}}]}""".formatted(digest()));
        Path saved = folder.resolve("both.json");

        run(
                "--target",
                "cuda",
                "--model",
                MODEL.toString(),
                "--torch",
                "" + torch,
                "--earlier",
                "" + earlier,
                "--save",
                "" + saved);

        JsonNode rows = new ObjectMapper().readTree(saved.toFile()).path("rows");
        assertThat(rows).hasSize(2);
        assertThat(rows.at("/0/model/1/p50Ms").asDouble()).isEqualTo(6.25);
    }

    private static String digest() throws ModelUnusableException {
        return PublishedModel.open(MODEL.toAbsolutePath()).digest();
    }

    @Test
    void verdictIsMissedIfTheNetworkIsNotTheFullOne() {
        Row quick = halfPrecision(1.0, 2.3);

        assertThat(Verdict.of(quick, Verdict.FULL_NETWORK).state()).isEqualTo(Verdict.State.MET);
        assertThat(Verdict.of(quick, 969_290).state()).isEqualTo(Verdict.State.MISSED);
    }

    @Test
    void bothTargetsHaveToBeMet() {
        assertThat(Verdict.of(halfPrecision(1.001, 2.3), Verdict.FULL_NETWORK).state())
                .isEqualTo(Verdict.State.MISSED);
        assertThat(Verdict.of(halfPrecision(1.0, 2.301), Verdict.FULL_NETWORK).state())
                .isEqualTo(Verdict.State.MISSED);
    }

    @Test
    void verdictIsNotMeasuredIfOneFigureIsMissing() {
        Row half = new Row(Subject.TENSORRT_FP16, Map.of(1, new Times(1, 0.5, 0.5)), Map.of(), "the server ended");

        Verdict verdict = Verdict.of(half, Verdict.FULL_NETWORK);

        assertThat(verdict.state()).isEqualTo(Verdict.State.NOT_MEASURED);
        assertThat(verdict.lines().get(1)).endsWith("not measured");
    }

    @Test
    void aMeasurementThatWasNotRequestedIsNotSaidToHaveEndedEarly() {
        Row absent = new Row(Subject.TENSORRT_FP16, Map.of(), Map.of(), "not requested");

        Verdict verdict = Verdict.of(absent, Verdict.FULL_NETWORK);

        assertThat(verdict.state()).isEqualTo(Verdict.State.NOT_MEASURED);
        assertThat(verdict.lines())
                .hasSize(3)
                .noneSatisfy(line -> assertThat(line).contains("not measured to the end"));
    }

    /** The targets are met by the figures of the small pictures, but the server failed on the large ones. */
    @Test
    void verdictIsNotMeasuredIfTheMeasurementFailedLater() {
        Row failed = halfPrecision(0.5, 1.5, "the server exited unexpectedly");

        Verdict verdict = Verdict.of(failed, Verdict.FULL_NETWORK);

        assertThat(verdict.state()).isEqualTo(Verdict.State.NOT_MEASURED);
        assertThat(verdict.lines().get(1)).endsWith("measured 1.5");
        assertThat(verdict.lines())
                .last()
                .asString()
                .isEqualTo("TensorRT fp16 was not measured to the end: the server exited unexpectedly");
    }

    @Test
    void aTargetThatThereIsNotIsAWrongArgument() {
        assertThat(run("--target", "tpu")).isEqualTo(2);
        assertThat(err.toString()).contains("'tpu' is not one of tensorrt-fp16, tensorrt-fp32, cuda, cpu");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(run("--target", "cuda", "--model", MODEL.toString(), "--torch", "/absent.json"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("/absent.json: no such file or folder");
    }

    @Test
    void aFileThatIsNoJsonIsNamedWithTheLine(@TempDir Path folder) throws Exception {
        Path torch = Files.writeString(folder.resolve("torch.json"), "{");

        assertThat(run("--target", "cuda", "--model", MODEL.toString(), "--torch", torch.toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains(torch + ": not written by deploy/gpu/torch-columns.py: line 1: Unexpected end-of-input");
    }

    /** A figure that is missing would be read as a time of 0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"count\": 9, \"p99Ms\": 7.5}; p50Ms: expected a number, is absent",
                "{\"count\": 9, \"p50Ms\": 6.25, \"p99Ms\": null}; p99Ms: expected a number, is null",
                "{\"count\": 9, \"p50Ms\": \"6.25\", \"p99Ms\": 7.5}; p50Ms: expected a number, is \"6.25\"",
                "{\"p50Ms\": 6.25, \"p99Ms\": 7.5}; count: expected a number, is absent"
            })
    void aFileWithoutAFigureIsNamedWithTheFigure(String times, String fault, @TempDir Path folder) throws Exception {
        Path torch = Files.writeString(
                folder.resolve("torch.json"), "{\"pytorch-fp32\": {\"model\": {\"1\": %s}}}".formatted(times));

        assertThat(run("--target", "cuda", "--model", MODEL.toString(), "--torch", torch.toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("scopegate bench-targets: " + torch
                        + ": not written by deploy/gpu/torch-columns.py: pytorch-fp32.model.1." + fault);
    }

    @Test
    void theGpuIsNamedWhateverTensorRtThereIs() {
        String gpu = "NVIDIA H200, sm_90, driver for CUDA 13.0";

        assertThat(gpu(new DeviceProbe(new OneGpu(13000), () -> 101501), TENSORRT_FP16))
                .isEqualTo(gpu + ", TensorRT 10.15.1");
        assertThat(gpu(new DeviceProbe(new OneGpu(13000), BenchTargetsTest::noTensorRt), TENSORRT_FP16))
                .isEqualTo(gpu + ", no usable TensorRT");
    }

    @Test
    void theGpuIsNamedWithoutLoadingATensorRtThatWasNotMeasured() {
        DeviceProbe probe = new DeviceProbe(new OneGpu(13000), () -> {
            throw new AssertionError("TensorRT was loaded");
        });

        assertThat(gpu(probe, CUDA)).isEqualTo("NVIDIA H200, sm_90, driver for CUDA 13.0");
    }

    private static String gpu(DeviceProbe probe, ExecutionTarget measured) {
        return BenchTargetsCommand.gpu(probe, 0, List.of(measured));
    }

    @Test
    void withoutAUsableDriverTheReasonIsGiven() {
        assertThat(gpu(new DeviceProbe(new OneGpu(12040), BenchTargetsTest::noTensorRt), CUDA))
                .startsWith("no GPU: driver: for CUDA 12.8 or newer, not 12.4");
    }

    private static int noTensorRt() throws ProbeFailedException {
        throw new ProbeFailedException("libnvinfer.so.10: not found");
    }

    private record OneGpu(int cudaVersion) implements NvidiaDriver {
        @Override
        public GpuDevice device(int index) {
            return new GpuDevice("NVIDIA H200", 9, 0, 150L << 30);
        }
    }

    private static Row halfPrecision(double model, double endToEnd) {
        return halfPrecision(model, endToEnd, "");
    }

    private static Row halfPrecision(double model, double endToEnd, String reason) {
        return new Row(
                Subject.TENSORRT_FP16,
                Map.of(1, new Times(1, model, model)),
                Map.of(Plan.SMALL, new Times(1, endToEnd, endToEnd)),
                reason);
    }

    private int run(String... arguments) {
        CommandLine command = new CommandLine(new BenchTargetsCommand());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
