package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.bundle.model.Digests;
import io.scopegate.trainer.export.OnnxNetwork;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.GoldenValues;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.publish.GoldenPictures;
import io.scopegate.trainer.torch.TorchStateDict;
import io.scopegate.trainer.torch.WeightFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ExchangeTest {

    private static final SeResNet NARROW = new SeResNet(new Architecture(8, List.of(1, 2, 1, 1)));

    @TempDir
    Path folder;

    @Test
    void referenceNetworkAnswersAsTheReferenceInEveryForm() throws IOException {
        GoldenValues golden = GoldenValues.load();
        Path checkpoint = folder.resolve("model.pt");
        TorchStateDict.write(GoldenValues.weights(), checkpoint);
        Path samples = samples(golden);

        assertThat(run(new ImportCommand(), checkpoint, "--name", "golden", "--models", folder))
                .isZero();
        assertThat(run(
                        new ExportCommand(),
                        "--format",
                        "torchscript",
                        "--weights",
                        checkpoint,
                        "--out",
                        at("model.ts")))
                .isZero();

        for (String model : List.of("model.pt", "model.ts", "golden/1")) {
            assertThat(run(new InferCommand(), "--model", at(model), "--samples", samples, "--out", folder))
                    .isZero();
            assertLogits(golden, Files.readAllLines(folder.resolve("probabilities.csv")));
        }
        assertThat(folder.resolve("predictions.csv")).hasContent(predictions(golden));
    }

    @Test
    void checkpointGoesThroughEveryFormUnchanged() throws IOException {
        StateDict weights = GoldenValues.weights(NARROW);
        TorchStateDict.write(weights, folder.resolve("model.pt"));

        export("safetensors", "--weights", at("model.pt"), "--out", at("weights.safetensors"));
        export("torchscript", "--weights", at("weights.safetensors"), "--out", at("model.ts"));
        export("state-dict", "--weights", at("model.ts"), "--out", at("again.pt"));

        assertThat(folder.resolve("again.pt")).hasSameBinaryContentAs(folder.resolve("model.pt"));
    }

    @Test
    void torchScriptCarriesItsMetadataAndOtherFiles() throws IOException {
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("model.pt"));
        Files.writeString(folder.resolve("inference.json"), "{}");

        export("torchscript", "--weights", at("model.pt"), "--out", at("m.ts"), "--extra", at("inference.json"));

        try (ZipFile zip = new ZipFile(at("m.ts"))) {
            assertThat(zip.getEntry("model/extra/inference.json")).isNotNull();
            byte[] metadata = zip.getInputStream(zip.getEntry("model/extra/metadata.json"))
                    .readAllBytes();
            assertThat(new String(metadata, StandardCharsets.UTF_8)).contains("NOT FOR CLINICAL USE");
        }
    }

    @Test
    void exportedWeightsOfAPublishedModelGiveItsProbabilities() throws IOException {
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("model.pt"));
        assertThat(run(new ImportCommand(), at("model.pt"), "--name", "m", "--models", folder))
                .isZero();

        export("state-dict", "--model", at("m/1"), "--out", at("back.pt"));

        assertThat(run(new ImportCommand(), at("back.pt"), "--name", "back", "--models", folder))
                .isZero();
        JsonNode published = vectors("m");
        JsonNode back = vectors("back");
        for (int k = 0; k < published.size(); k++) {
            assertThat(back.get(k).at("/probabilities/0").asDouble())
                    .isCloseTo(published.get(k).at("/probabilities/0").asDouble(), within(1e-5));
        }
    }

    @Test
    void fp16OnnxFileIsSmallerThanTheFp32File() throws IOException {
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("model.pt"));

        export("onnx", "--weights", at("model.pt"), "--out", at("full.onnx"), "--opset", "13");
        export("onnx", "--weights", at("model.pt"), "--out", at("half.onnx"), "--precision", "fp16", "--opset", "21");

        assertThat(Files.size(folder.resolve("half.onnx"))).isLessThan(Files.size(folder.resolve("full.onnx")) * 2 / 3);
        for (float[] picture : GoldenPictures.tensors()) {
            float[] full = logits("full.onnx", picture);
            float[] half = logits("half.onnx", picture);
            assertThat(half).isNotEqualTo(full).containsExactly(full, within(1e-3F));
        }

        StateDict tooLargeForHalf = GoldenValues.weights(NARROW);
        Arrays.fill(tooLargeForHalf.values("last_linear.bias"), 100_000);
        TorchStateDict.write(tooLargeForHalf, folder.resolve("large.pt"));
        assertThat(complaints(() -> assertThat(run(
                                new ExportCommand(),
                                "--format",
                                "onnx",
                                "--weights",
                                at("large.pt"),
                                "--out",
                                at("large.onnx"),
                                "--precision",
                                "fp16"))
                        .isEqualTo(1)))
                .contains("probabilities within 0.01 of the trained network's, not NaN");
        assertThat(folder.resolve("large.onnx")).doesNotExist();
    }

    private float[] logits(String onnx, float[] picture) throws IOException {
        try (OnnxNetwork network = new OnnxNetwork(folder.resolve(onnx))) {
            return network.logits(picture);
        }
    }

    @Test
    void unknownPrecisionIsRefusedWithTheValidNames() {
        assertThat(complaints(() -> assertThat(run(
                                new ExportCommand(),
                                "--format",
                                "onnx",
                                "--random-weights",
                                "--out",
                                at("out"),
                                "--precision",
                                "half"))
                        .isEqualTo(2)))
                .startsWith("Invalid value for option '--precision': one of [fp32, fp16], not half"
                        + System.lineSeparator());
    }

    @Test
    void wrongOperatorSetWritesNothing() throws IOException {
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("model.pt"));

        int status = run(
                new ExportCommand(),
                "--format",
                "onnx",
                "--weights",
                at("model.pt"),
                "--out",
                at("model.onnx"),
                "--opset",
                "9");

        assertThat(status).isEqualTo(2);
        assertThat(folder.resolve("model.onnx")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model       |                               | --format model requires --random-weights; use publish or"
                        + " import for other weights",
                "torchscript | --extra a/x.json --extra b/x.json | --extra: file names must differ, got x.json twice",
                "engine      | --max-batch 0                 | Invalid value for option '--max-batch': must be a whole"
                        + " number from 1 to 1024, got 0",
                "engine      | --device -1                   | Invalid value for option '--device': must be a whole"
                        + " number from 0 to 2147483647, got -1",
                "onnx        | --config p.json --set epochs  | --set must be ID=VALUE, got epochs",
            })
    void invalidExportIsAUsageErrorBeforeTheWeightsAreRead(String format, String options, String refusal) {
        Stream<String> more = options == null ? Stream.of() : Stream.of(options.split(" "));
        Object[] arguments = Stream.concat(
                        Stream.of("--format", format, "--weights", at("none.pt"), "--out", at("out")), more)
                .toArray();

        String said =
                complaints(() -> assertThat(run(new ExportCommand(), arguments)).isEqualTo(2));

        assertThat(said).startsWith(refusal + System.lineSeparator());
    }

    private void writeModelAndSample() throws IOException {
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("model.pt"));
        ImageIO.write(
                new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("a.png").toFile());
        Files.writeString(folder.resolve("samples.json"), "[{\"image\": \"a.png\", \"label\": 1}]");
    }

    @Test
    void configurationNamesModelPicturesAndFileUnlessOptionsDo() throws IOException {
        writeModelAndSample();
        Path config = Files.writeString(folder.resolve("inference.json"), """
                {"infer": {"model": "model.pt", "samples": "samples.json", "out": "eval", "filename": "p.csv"}}
                """);

        assertThat(run(new InferCommand(), "--config", config)).isZero();
        assertThat(run(new InferCommand(), "--config", config, "--out", at("other")))
                .isZero();

        assertThat(Files.readString(folder.resolve("eval/p.csv")))
                .startsWith("a.png,")
                .hasLineCount(1);
        assertThat(folder.resolve("other/p.csv")).hasSameTextualContentAs(folder.resolve("eval/p.csv"));
        assertThat(folder.resolve("eval/probabilities.csv")).exists();
    }

    /** The picture cannot be decoded, yet the message is about the output folder: it is checked first. */
    @Test
    void outputFolderIsCheckedBeforePicturesAreDecoded() throws IOException {
        writeModelAndSample();
        Files.writeString(folder.resolve("a.png"), "no picture");
        Path file = Files.writeString(folder.resolve("out"), "a file");

        assertThat(complaints(() -> assertThat(run(
                                new InferCommand(),
                                "--model",
                                at("model.pt"),
                                "--samples",
                                at("samples.json"),
                                "--out",
                                file))
                        .isEqualTo(1)))
                .isEqualTo("scopegate: --out: not a folder that can be written to: " + file + System.lineSeparator());
    }

    @Test
    void argumentFileNamesModelPicturesAndFolder() throws IOException {
        writeModelAndSample();
        Path args = Files.writeString(
                folder.resolve("args.json"),
                "{\"model\": \"%1$s/model.pt\", \"samples\": \"%1$s/samples.json\", \"out\": \"%1$s/eval\"}"
                        .formatted(folder));

        assertThat(run(new InferCommand(), "--args", args)).isZero();

        assertThat(folder.resolve("eval/predictions.csv")).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource({
        "safetensors, --precision, fp16",
        "torchscript, --opset, 13",
        "onnx, --extra, model.pt",
        "state-dict, --input-name, x",
        "onnx, --max-batch, 4",
        "onnx, --seed, 4",
    })
    void optionOfAnotherFormatIsAUsageError(String format, String option, String value) throws IOException {
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("model.pt"));

        assertThat(run(
                        new ExportCommand(),
                        "--format",
                        format,
                        "--weights",
                        at("model.pt"),
                        "--out",
                        at("out"),
                        option,
                        value))
                .isEqualTo(2);

        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "onnx | --output-name | INPUT__0 | --output-name must differ from --input-name, got INPUT__0 for both",
                "engine | --input-name | OUTPUT__0 | --output-name must differ from --input-name, got OUTPUT__0 for both",
                "onnx | --input-name | ' ' | --input-name must not be blank",
            })
    void invalidTensorNameIsRefusedByItsOption(String format, String option, String name, String refusal) {
        String said = complaints(() -> assertThat(run(
                        new ExportCommand(),
                        "--format",
                        format,
                        "--weights",
                        at("none.pt"),
                        "--out",
                        at("out.onnx"),
                        option,
                        name))
                .isEqualTo(2));

        assertThat(said).startsWith(refusal + System.lineSeparator());
    }

    @Test
    void wrongConfigurationIsRefusedBesideGivenWeightsToo() throws IOException {
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("model.pt"));
        Path broken = Files.writeString(folder.resolve("broken.json"), "{");

        assertThat(run(
                        new ExportCommand(),
                        "--format",
                        "safetensors",
                        "--weights",
                        at("model.pt"),
                        "--config",
                        broken,
                        "--out",
                        at("out")))
                .isEqualTo(1);

        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void missingSamplesPathIsAUsageError() {
        assertThat(run(new InferCommand(), "--model", at("m"), "--out", folder)).isEqualTo(2);
    }

    /** Without {@code --force}, an existing file is kept and the export refused. */
    @ParameterizedTest
    @CsvSource({"state-dict", "torchscript", "onnx", "safetensors", "engine"})
    void existingFileIsKeptWithoutForce(String format) throws IOException {
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("model.pt"));
        Path file = Files.writeString(folder.resolve("out"), "somebody's");
        Object[] export = {"--format", format, "--weights", at("model.pt"), "--out", file};

        String said =
                complaints(() -> assertThat(run(new ExportCommand(), export)).isEqualTo(1));

        assertThat(said).contains("scopegate: --out: already exists, use --force to replace it: " + file);
        assertThat(file).hasContent("somebody's");
    }

    @Test
    void fileThatIsThereIsReplacedByForce() throws IOException {
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("model.pt"));
        Files.writeString(folder.resolve("out.pt"), "an earlier one");

        export("state-dict", "--weights", at("model.pt"), "--out", at("out.pt"), "--force");

        assertThat(folder.resolve("out.pt")).hasSameBinaryContentAs(folder.resolve("model.pt"));
    }

    @Test
    void weightsThatAreNoNumbersAreRefusedByTheirTensor() throws IOException {
        writeModelAndSample();
        TorchStateDict.write(with("layer2.0.conv1.conv.weight", 3, Float.NaN), folder.resolve("model.pt"));

        String said = complaints(() -> {
            assertThat(run(
                            new InferCommand(),
                            "--model",
                            at("model.pt"),
                            "--samples",
                            at("samples.json"),
                            "--out",
                            folder))
                    .isEqualTo(1);
            assertThat(run(
                            new ExportCommand(),
                            "--format",
                            "safetensors",
                            "--weights",
                            at("model.pt"),
                            "--out",
                            at("out")))
                    .isEqualTo(1);
            assertThat(run(new ImportCommand(), at("model.pt"), "--name", "m", "--models", folder))
                    .isEqualTo(1);
        });

        assertThat(said.lines().filter(line -> line.startsWith("scopegate: ")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("scopegate: " + at("model.pt")
                                + ": layer2.0.conv1.conv.weight: finite numbers, not NaN (element 3 of "));
        assertThat(folder.resolve("predictions.csv")).doesNotExist();
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("m")).doesNotExist();
    }

    /** The last layer has finite weights so large that the logits overflow. */
    @Test
    void answerThatIsNoNumberIsRefusedAndNothingWritten() throws IOException {
        writeModelAndSample();
        TorchStateDict.write(with("last_linear.bias", 0, Float.MAX_VALUE), folder.resolve("model.pt"));
        StateDict overflowing = WeightFile.read(folder.resolve("model.pt"));
        Arrays.fill(overflowing.values("last_linear.weight"), Float.MAX_VALUE);
        TorchStateDict.write(overflowing, folder.resolve("model.pt"));

        String said = complaints(() -> assertThat(run(
                        new InferCommand(),
                        "--model",
                        at("model.pt"),
                        "--samples",
                        at("samples.json"),
                        "--out",
                        folder,
                        "--json"))
                .isEqualTo(1));

        assertThat(said).contains("scopegate: " + at("a.png") + ": logits: finite numbers, not ");
        assertThat(folder.resolve("predictions.csv")).doesNotExist();
        assertThat(folder.resolve("probabilities.csv")).doesNotExist();
    }

    private static StateDict with(String key, int element, float value) {
        StateDict weights = GoldenValues.weights(NARROW);
        weights.values(key)[element] = value;
        return weights;
    }

    /**
     * Three lists of the same pictures, with labels, without and with one: the files are the same, and labels are
     * printed only where the list has them.
     */
    @Test
    void picturesWithoutALabelAreClassifiedIntoTheSameFilesAndNoLabelIsPrintedOfThem() throws IOException {
        writeModelAndSample();
        Files.copy(folder.resolve("a.png"), folder.resolve("b.png"));
        Files.writeString(folder.resolve("samples.json"), labels(", \"label\": 1", ", \"label\": 0"));
        Files.writeString(folder.resolve("none.json"), labels("", ""));
        Files.writeString(folder.resolve("mixed.json"), labels("", ", \"label\": 0"));

        assertThat(infer("samples.json"))
                .extracting(line -> line.path("label").asText())
                .containsExactly("outbody", "inbody");
        assertThat(infer("none.json")).noneMatch(line -> line.has("label"));
        assertThat(infer("mixed.json"))
                .extracting(line -> line.path("label").asText())
                .containsExactly("", "inbody");

        for (String file : List.of("predictions.csv", "probabilities.csv")) {
            Path labelled = folder.resolve("samples.json.eval").resolve(file);
            assertThat(folder.resolve("none.json.eval").resolve(file)).hasSameBinaryContentAs(labelled);
            assertThat(folder.resolve("mixed.json.eval").resolve(file)).hasSameBinaryContentAs(labelled);
        }
    }

    private static String labels(String first, String second) {
        return "[{\"image\": \"a.png\"%s}, {\"image\": \"b.png\"%s}]".formatted(first, second);
    }

    @Test
    void inferReportsTheModelOnce() throws IOException {
        writeModelAndSample();
        Files.writeString(folder.resolve("samples.json"), "[{\"image\": \"a.png\"}]");

        List<JsonNode> lines = inferLines("samples.json");

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().path("model").asText()).isEqualTo("model.pt");
        assertThat(lines.getFirst().path("weightsDigest").asText())
                .isEqualTo("sha256:" + Digests.sha256(folder.resolve("model.pt")));
        assertThat(lines.getLast().has("model")).isFalse();
    }

    /** Returns the JSON object of each picture, without the first line, which names the model. */
    private List<JsonNode> infer(String samples) throws IOException {
        return inferLines(samples).stream().skip(1).toList();
    }

    private List<JsonNode> inferLines(String samples) throws IOException {
        PrintStream standardOut = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(run(
                            new InferCommand(),
                            "--model",
                            at("model.pt"),
                            "--samples",
                            at(samples),
                            "--out",
                            at(samples + ".eval"),
                            "--json"))
                    .isZero();
        } finally {
            System.setOut(standardOut);
        }
        return new ObjectMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(said.toString(StandardCharsets.UTF_8))
                .readAll();
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

    @Test
    void engineIsRefusedAndLeavesTheOldFiles() throws IOException {
        Path engine = Files.writeString(folder.resolve("model.engine"), "an engine");
        Path samples =
                Files.writeString(folder.resolve("samples.json"), "[{\"image\": \"model.engine\", \"label\": 0}]");
        Files.writeString(folder.resolve("predictions.csv"), "as it was");

        assertThat(run(new InferCommand(), "--model", engine, "--samples", samples, "--out", folder))
                .isEqualTo(1);

        assertThat(folder.resolve("predictions.csv")).hasContent("as it was");
    }

    @Test
    void checkpointIsReadByItsContent() throws IOException {
        TorchStateDict.write(GoldenValues.weights(NARROW), folder.resolve("weights"));

        assertThat(WeightFile.read(folder.resolve("weights")).network()).isEqualTo(NARROW);
    }

    private void export(String format, String... options) {
        List<Object> arguments = new ArrayList<>(List.of("--format", format));
        arguments.addAll(List.of(options));
        assertThat(run(new ExportCommand(), arguments.toArray())).isZero();
    }

    private Path samples(GoldenValues golden) throws IOException {
        List<String> entries = new ArrayList<>();
        for (JsonNode item : pngs(golden)) {
            String picture = golden.picture(item.get("image").asText()).toString();
            entries.add("{\"image\":\"" + picture + "\",\"label\":"
                    + item.get("argmax").asInt() + "}");
        }
        return Files.writeString(folder.resolve("samples.json"), entries.toString());
    }

    private static String predictions(GoldenValues golden) {
        StringBuilder lines = new StringBuilder();
        for (JsonNode item : pngs(golden)) {
            lines.append(golden.picture(item.get("image").asText()))
                    .append(item.get("argmax").asInt() == 0 ? ",1.0,0.0\n" : ",0.0,1.0\n");
        }
        return lines.toString();
    }

    private static void assertLogits(GoldenValues golden, List<String> lines) {
        List<JsonNode> items = pngs(golden);
        assertThat(lines).hasSize(items.size() + 1).first().isEqualTo("path,inbody,outbody,logit0,logit1");
        for (int k = 0; k < items.size(); k++) {
            List<String> fields = List.of(lines.get(k + 1).split(",", -1));
            for (int logit = 0; logit < 2; logit++) {
                assertThat(Double.parseDouble(fields.get(3 + logit)))
                        .isCloseTo(items.get(k).get("logits_f32").get(logit).asDouble(), within(1e-4));
            }
        }
    }

    private static List<JsonNode> pngs(GoldenValues golden) {
        List<JsonNode> items = new ArrayList<>();
        golden.root().get("cases").forEach(items::add);
        items.removeIf(item -> !item.get("image").asText().endsWith(".png"));
        return items;
    }

    private JsonNode vectors(String model) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(model + "/1/manifest.json").toFile())
                .at("/golden/vectors");
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private static int run(Object command, Object... arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(texts.toArray(String[]::new));
    }
}
