package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.inference.trial.EnginePreparation;
import io.scopegate.trainer.cli.EngineExport.Signature;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.GoldenValues;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.sampledata.SampleDataCommand;
import io.scopegate.trainer.torch.TorchStateDict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Runs {@code infer} and {@code evaluate} on each target, with a stand-in for the GPU. */
class TargetOptionsTest {

    private static final StateDict WEIGHTS =
            GoldenValues.weights(new SeResNet(new Architecture(8, List.of(1, 1, 1, 1))));

    @TempDir
    Path folder;

    private final StandInGpu gpu = new StandInGpu();

    @BeforeEach
    void writeModelInEveryFormAndFrames() throws Exception {
        TorchStateDict.write(WEIGHTS, folder.resolve("model.pt"));
        assertThat(new CommandLine(new ImportCommand()).execute(at("model.pt"), "--name", "narrow", "--models", at("")))
                .isZero();
        Files.copy(PublishedModel.open(folder.resolve("narrow/1")).network(), folder.resolve("model.onnx"));
        assertThat(new CommandLine(new SampleDataCommand())
                        .execute("--out", at("frames"), "--count", "4", "--seed", "3", "--size", "160x90"))
                .isZero();
        try (Stream<Path> pictures = Files.walk(folder.resolve("frames"))) {
            Files.writeString(
                    folder.resolve("samples.json"),
                    pictures.filter(path -> path.toString().endsWith(".jpg"))
                            .sorted()
                            .map(path -> "{\"image\": \"" + path + "\"}")
                            .collect(Collectors.joining(",", "[", "]")));
        }
    }

    /** Without a target, an ONNX file runs on the CPU, with the same answers as the model that it was copied from. */
    @Test
    void onnxFileOnTheCpuMatchesThePublishedModel() throws IOException {
        assertThat(infer("narrow/1", "published")).isZero();
        assertThat(infer("model.onnx", "onnx")).isZero();

        assertThat(lines("onnx/probabilities.csv")).hasSize(5).isEqualTo(lines("published/probabilities.csv"));
        assertThat(gpu.opened).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "model.pt", "narrow/1"})
    void engineBuiltByExportIsReusedAndClosed(String model) throws Exception {
        try (EnginePreparation preparation = gpu.preparation(folder.resolve("engines"), 0, _ -> {})) {
            new EngineExport(folder.resolve("exported.onnx"), ExecutionTarget.TENSORRT_FP16, preparation)
                    .write(WEIGHTS, new Signature("INPUT__0", "OUTPUT__0", 8), _ -> {});
        }
        String engine = gpu.opened.getLast();
        infer("model.onnx", "processors");

        int status = infer(model, "gpu", "--target", "tensorrt-fp16", "--cache", at("engines"));

        assertThat(status).isZero();
        assertThat(gpu.built).as("not built again").containsExactly("fp16");
        assertThat(gpu.opened).last().isEqualTo(engine);
        assertThat(logits("gpu"))
                .isEqualTo(logits("processors").stream().map(each -> each + 1).toList());
        assertThat(gpu.open).isZero();
    }

    /** Another {@code --max-batch} needs another engine. */
    @Test
    void anotherMaxBatchBuildsAnotherEngine() throws IOException {
        String[] options = {"--target", "tensorrt-fp32", "--cache", at("engines")};

        assertThat(infer("model.onnx", "eight", options)).isZero();
        assertThat(infer("model.onnx", "four", with(options, "--max-batch", "4")))
                .isZero();

        assertThat(gpu.built).containsExactly("fp32", "fp32");
        assertThat(gpu.opened)
                .anyMatch(opened -> opened.contains("-b8-"))
                .last()
                .asString()
                .contains("-b4-");
    }

    @Test
    void cudaNeedsNoEngine() throws IOException {
        assertThat(infer("model.onnx", "gpu", "--target", "cuda", "--device", "0"))
                .isZero();

        assertThat(gpu.opened).containsExactly("cuda");
        assertThat(gpu.built).isEmpty();
    }

    @Test
    void configurationNamesTheTargetUnlessTheOptionDoes() throws IOException {
        Path config = Files.writeString(folder.resolve("infer.json"), """
                {"infer": {"samples": "samples.json", "out": "out", "model": "model.onnx", "target": "cuda"}}
                """);

        assertThat(run(new InferCommand(options()), "--config", config.toString()))
                .isZero();
        assertThat(gpu.opened).containsExactly("cuda");
        assertThat(run(new InferCommand(options()), "--config", config.toString(), "--target", "cpu"))
                .isZero();
        assertThat(gpu.opened).containsExactly("cuda");
    }

    /** The engine's answers to the golden pictures are wrong. */
    @Test
    void engineWithWrongGoldenAnswersIsRefusedAndNothingIsWritten() {
        gpu.wrong = true;

        String said = complaints(
                () -> assertThat(infer("model.onnx", "gpu", "--target", "tensorrt-fp16", "--cache", at("engines")))
                        .isEqualTo(3));

        assertThat(said).contains("scopegate: not on tensorrt-fp16: golden: golden/0.png: probabilities ");
        assertThat(folder.resolve("gpu")).doesNotExist();
        assertThat(gpu.open).isZero();
    }

    @Test
    void metricsStateTheTargetForAnEngineButNotForTheCpu() throws IOException {
        assertThat(evaluate("processors")).isZero();
        assertThat(evaluate("gpu", "--target", "tensorrt-fp16", "--cache", at("engines")))
                .isZero();

        assertThat(metrics("processors").has("target")).isFalse();
        assertThat(metrics("gpu").path("target").asText()).isEqualTo("tensorrt-fp16");
        assertThat(metrics("gpu").get("byVerdict"))
                .isNotNull()
                .isEqualTo(metrics("processors").get("byVerdict"));
        assertThat(folder.resolve("processors/report.html")).content().doesNotContain("Run on");
        assertThat(folder.resolve("gpu/report.html")).content().contains("<dt>Run on</dt><dd>tensorrt-fp16</dd>");
        assertThat(gpu.built).containsExactly("fp16");
        assertThat(gpu.open).isZero();
    }

    @Test
    void missingDriverIsReportedAndNothingIsWritten() {
        assumeTrue(!Files.exists(Path.of("/proc/driver/nvidia")), "a machine without NVIDIA's driver");
        String[] options = {"--target", "tensorrt-fp16", "--cache", at("engines"), "--out", at("out")};

        String said = complaints(() -> {
            assertThat(run(
                            new InferCommand(),
                            with(options, "--model", at("model.onnx"), "--samples", at("samples.json"))))
                    .isEqualTo(1);
            assertThat(run(new EvaluateCommand(), with(options, "--model", at("narrow/1"), "--frames", at("frames"))))
                    .isEqualTo(1);
        });

        assertThat(said.lines().toList())
                .hasSize(2)
                .allMatch(line -> line.startsWith("scopegate: not on tensorrt-fp16: ")
                        && line.contains("Install NVIDIA's driver"));
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("engines")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "model.onnx, cpu,           --cache",
        "model.onnx, cuda,          --cache",
        "model.onnx, cpu,           --device",
        "model.onnx, cpu,           --max-batch",
        "narrow/1,   tensorrt-fp16, --max-batch"
    })
    void ineffectiveOptionIsAUsageError(String model, String target, String option) {
        String said = complaints(() ->
                assertThat(infer(model, "out", "--target", target, option, "1")).isEqualTo(2));

        assertThat(said).startsWith(option + " ");
        assertThat(gpu.opened).isEmpty();
    }

    @Test
    void unknownTargetIsRefusedWithTheValidNames() {
        assertThat(complaints(() -> assertThat(infer("model.onnx", "out", "--target", "gpu"))
                        .isEqualTo(2)))
                .contains("one of [tensorrt-fp16, tensorrt-fp32, cuda, cpu], not gpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.engine", "model.plan"})
    void anEngineByItselfIsRefusedWithTheWayToOne(String name) throws IOException {
        Files.writeString(folder.resolve(name), "an engine");

        String said = complaints(() -> {
            assertThat(infer(name, "out")).isEqualTo(1);
            assertThat(run(new EvaluateCommand(options()), "--model", at(name), "--frames", at("frames")))
                    .isEqualTo(1);
        });

        assertThat(said.lines().toList())
                .hasSize(2)
                .allMatch(line -> line.contains("not an engine by itself") && line.contains("--cache"));
    }

    private TargetOptions options() {
        return new TargetOptions(new EngineOptions(gpu::preparation));
    }

    private int infer(String model, String out, String... options) {
        return run(
                new InferCommand(options()),
                with(options, "--model", at(model), "--samples", at("samples.json"), "--out", at(out)));
    }

    private int evaluate(String out, String... options) {
        return run(
                new EvaluateCommand(options()),
                with(options, "--model", at("model.onnx"), "--frames", at("frames"), "--out", at(out)));
    }

    private static int run(Object command, String... arguments) {
        return new CommandLine(command).execute(arguments);
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    private static String complaints(Runnable commands) {
        PrintStream standardError = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            commands.run();
        } finally {
            System.setErr(standardError);
        }
        return errors.toString(StandardCharsets.UTF_8);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    private List<Float> logits(String out) throws IOException {
        List<Float> logits = new ArrayList<>();
        for (String line : lines(out + "/probabilities.csv").subList(1, 5)) {
            String[] cells = line.split(",", -1);
            logits.add(Float.valueOf(cells[3]));
            logits.add(Float.valueOf(cells[4]));
        }
        return logits;
    }

    private JsonNode metrics(String out) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(out).resolve("metrics.json").toFile());
    }
}
