package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.prepare.TestPictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

    @TempDir
    Path folder;

    private String plan;

    @BeforeEach
    void writePlan() throws IOException {
        Path file = folder.resolve("plan.json");
        Files.writeString(file, """
                {
                  "network": {"width": 16, "blocks": [1, 1, 1, 1]},
                  "data": {
                    "sources": [{"rendered": "rendered", "count": 8, "seed": 3}],
                    "validationGroups": [], "heldOutGroups": []
                  },
                  "fit": {"epochs": 1, "batchSize": 4, "checkpoint": "last"},
                  "publish": {
                    "models": "models", "name": "tiny", "version": 1,
                    "inputTensor": "INPUT__0", "outputTensor": "OUTPUT__0"
                  },
                  "evaluate": {"subsets": ["rendered-3-*"]},
                  "runs": "runs"
                }
                """);
        plan = file.toString();
    }

    @Test
    void trainingWarnsOfCopiesAndReadsEachPictureOnceForItsDigest() throws IOException {
        TestPictures.writeJpegs(folder.resolve("pictures"), 3, 1);
        Files.copy(folder.resolve("pictures/0.jpg"), folder.resolve("pictures/copy.jpg"));
        Files.writeString(folder.resolve("train.json"), """
                [{"image": "pictures/0.jpg", "label": 0}, {"image": "pictures/1.jpg", "label": 1}]
                """);
        Files.writeString(folder.resolve("test.json"), """
                [{"image": "pictures/copy.jpg", "label": 0}, {"image": "pictures/2.jpg", "label": 1}]
                """);
        Files.writeString(folder.resolve("lists.json"), """
                {
                  "network": {"width": 16, "blocks": [1, 1, 1, 1]},
                  "data": {"train": "train.json", "test": "test.json"},
                  "fit": {"epochs": 1, "batchSize": 2},
                  "runs": "runs"
                }
                """);

        Map<Path, Long> read =
                ReadForDigests.during(() -> assertThat(run(new TrainCommand(), "--config", folder + "/lists.json"))
                        .isZero());

        for (String name : List.of("0", "1", "2", "copy")) {
            Path picture = folder.resolve("pictures/" + name + ".jpg");
            assertThat(read).containsEntry(picture, Files.size(picture));
        }
        JsonNode metrics = new ObjectMapper()
                .readTree(folder.resolve("runs/eval/metrics.json").toFile());
        assertThat(metrics.at("/warnings/0").asText()).startsWith("WARNING: data: the same picture");
        assertThat(folder.resolve("runs/eval/report.html"))
                .content()
                .contains("<p class=\"notice\">WARNING: data: the same picture");
    }

    @Test
    void trainingPublishesAModelThatStatesItsFiguresAndUse() throws Exception {
        int status = run(new TrainCommand(), "--config", plan);

        assertThat(status).isZero();
        PublishedModel model = PublishedModel.open(folder.resolve("models/tiny/1"));
        assertThat(model.manifest().provenance().path("use").asText()).startsWith("NOT FOR CLINICAL USE");
        assertThat(model.manifest()
                        .provenance()
                        .path("figures")
                        .path("train")
                        .path("subsets")
                        .path("rendered-3-*")
                        .path("frames")
                        .asInt())
                .isEqualTo(8);
        assertThat(run(
                        new EvaluateCommand(),
                        "--model",
                        model.directory().toString(),
                        "--frames",
                        folder.resolve("rendered").toString(),
                        "--out",
                        folder + "/eval",
                        "--json"))
                .isZero();
    }

    @Test
    void weightsOfAnEarlierRunGiveTheSameNetwork() throws Exception {
        assertThat(run(new TrainCommand(), "--config", plan)).isZero();

        int status =
                run(new PublishCommand(), "--config", plan, "--set", "publish.version=2", "--run", folder + "/runs");

        assertThat(status).isZero();
        assertThat(folder.resolve("models/tiny/2/model.onnx"))
                .hasSameBinaryContentAs(folder.resolve("models/tiny/1/model.onnx"));
        JsonNode provenance =
                PublishedModel.open(folder.resolve("models/tiny/2")).manifest().provenance();
        assertThat(provenance.at("/plan/fit/epochs").asInt()).isEqualTo(1);
        assertThat(provenance.has("fitted")).isFalse();
    }

    @Test
    void reportOfATrainingHasNoPicturesWhereNoneAreWanted() {
        int status = run(new TrainCommand(), "--config", plan, "--set", "publish=null", "--no-thumbnails");

        assertThat(status).isZero();
        assertThat(folder.resolve("runs/eval/report.html"))
                .content()
                .contains("Worst errors")
                .doesNotContain("<img");
    }

    @Test
    void trainingWithoutPublicationIsEvaluatedToo() {
        int status = run(new TrainCommand(), "--config", plan, "--set", "publish=null");

        assertThat(status).isZero();
        assertThat(folder.resolve("runs/eval/report.html")).isRegularFile();
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void jsonOutputEndsWithTheFiguresWithAndWithoutPublication() throws Exception {
        JsonNode unpublished = lastLine("--set", "publish=null");
        JsonNode published = lastLine();

        for (JsonNode line : List.of(unpublished, published)) {
            assertThat(line.path("event").asText()).isEqualTo("done");
            assertThat(line.at("/evaluation/split").asText()).isEqualTo("train");
            assertThat(line.at("/evaluation/frames").asInt()).isEqualTo(8);
            assertThat(line.path("evaluation").has("fitted")).isFalse();
            assertThat(line.at("/evaluation/byClass/balancedAccuracy").isNumber())
                    .isTrue();
        }
        assertThat(unpublished.path("weights").asText()).isEqualTo(folder + "/runs/weights.safetensors");
        assertThat(published.path("directory").asText()).isEqualTo(folder + "/models/tiny/1");
        assertThat(published.path("digest").asText())
                .isEqualTo(PublishedModel.open(folder.resolve("models/tiny/1")).digest());
        assertThat(published.path("signed").asBoolean(true)).isFalse();
    }

    @Test
    void jsonOutputReportsEvaluationProgress() throws Exception {
        String last = "{\"event\":\"progress\",\"what\":\"evaluating\",\"done\":8,\"of\":8}";

        assertThat(lines("--set", "publish=null")).contains(last);
        assertThat(lines()).contains(last);
    }

    @Test
    void settingsWithoutEffectAreReportedOnceAndFirst() throws Exception {
        List<String> lines = lines("--set", "publish=null", "--set", "fit.power=2", "--set", "fit.warmUp=3");

        assertThat(lines.getFirst())
                .isEqualTo("{\"event\":\"warnings\",\"warnings\":[\"fit.power has no effect: fit.schedule is not"
                        + " polynomial\",\"fit.learningRate is never reached: fit.warmUp is 3, and the training has 2"
                        + " updates\"]}");
        assertThat(lines).filteredOn(line -> line.contains("fit.power")).hasSize(1);
    }

    @Test
    void jsonOutputReportsUnreachableGateCriteria() throws Exception {
        String held = "data.heldOutGroups=[\"rendered-3-table\"]";

        String gate = "publish.gate={\"minSensitivityLow\": 0.99, \"minSpecificity\": 0}";
        JsonNode refused = new ObjectMapper()
                .readTree(lines(3, "--set", held, "--set", gate).getLast());

        assertThat(refused.path("event").asText()).isEqualTo("refused");
        assertThat(refused.path("refused")).hasSize(2);
        assertThat(refused.at("/refused/0").asText())
                .startsWith("minSensitivityLow: at least 0.99, not ")
                .contains(", even for a perfect model on the test frames (");
        assertThat(refused.at("/refused/1").asText())
                .startsWith("minSpecificity: at least 0.0, not absent, even for a perfect model on the test frames (");
    }

    private JsonNode lastLine(String... settings) throws IOException {
        return new ObjectMapper().readTree(lines(settings).getLast());
    }

    /** Trains with {@code --json}, which must succeed, and returns the lines that it prints. */
    private List<String> lines(String... settings) {
        return lines(0, settings);
    }

    private List<String> lines(int status, String... settings) {
        PrintStream standardOut = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            String[] train = {"--config", plan, "--json"};
            assertThat(run(
                            new TrainCommand(),
                            Stream.of(train, settings).flatMap(Stream::of).toArray(String[]::new)))
                    .isEqualTo(status);
        } finally {
            System.setOut(standardOut);
        }
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void randomWeightsAreMarkedInTheProvenance() throws Exception {
        int status =
                run(new ExportCommand(), "--random-weights", "--config", plan, "--seed", "4", "--out", folder + "/out");

        assertThat(status).isZero();
        PublishedModel model = PublishedModel.open(folder.resolve("out/tiny/1"));
        assertThat(model.manifest().provenance().path("weights").asText()).startsWith("random, seed 4");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void publishedVersionIsNeverOverwritten() throws IOException {
        assertThat(exportRandom(4)).isZero();
        Path version = folder.resolve("out/tiny/1");
        Map<Path, String> published = digests(version);

        assertThat(exportRandom(5)).isEqualTo(1);

        assertThat(digests(version)).containsKey(version.resolve("model.onnx")).isEqualTo(published);
    }

    private int exportRandom(int seed) {
        return run(
                new ExportCommand(),
                "--random-weights",
                "--config",
                plan,
                "--seed",
                "" + seed,
                "--out",
                folder + "/out");
    }

    private static Map<Path, String> digests(Path directory) throws IOException {
        Map<Path, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(file, Digests.sha256(file));
            }
        }
        return digests;
    }

    @Test
    void versionThatIsThereIsRefusedBeforeAnythingIsFitted() throws Exception {
        Files.createDirectories(folder.resolve("models/tiny/1"));

        assertThat(run(new TrainCommand(), "--config", plan)).isEqualTo(1);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void wrongSettingEndsWithStatusOne() {
        assertThat(run(new TrainCommand(), "--config", plan, "--set", "fit.epochs=none"))
                .isEqualTo(1);
    }

    @Test
    void fewerFramesThanDevicesAreRefusedBeforeAnythingIsFitted() {
        String nine = "[" + "\"cpu\",".repeat(8) + "\"cpu\"]";

        assertThat(run(new TrainCommand(), "--config", plan, "--set", "fit.devices=" + nine))
                .isEqualTo(1);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    /** The updates of the whole run do not fit into an {@code int}. */
    @Test
    void updateCountAboveIntRangeIsRefusedBeforeFitting() {
        String fit =
                "fit={\"epochs\": 1000000, \"batchSize\": 1, \"drawing\": \"balanced\", \"framesPerEpoch\": 1000000}";

        assertThat(run(new TrainCommand(), "--config", plan, "--set", fit)).isEqualTo(1);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void aWidthWhoseGradientsTheCpuComputesWronglyIsRefused() {
        PrintStream standardError = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(run(new TrainCommand(), "--config", plan, "--set", "network.width=8"))
                    .isEqualTo(1);
        } finally {
            System.setErr(standardError);
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines("scopegate: network.width: must be a multiple of 16 to train on the CPU,"
                        + " where libtorch computes wrong gradients for other widths, got 8\n");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    private static int run(Object command, String... arguments) {
        return new CommandLine(command).execute(arguments);
    }
}
