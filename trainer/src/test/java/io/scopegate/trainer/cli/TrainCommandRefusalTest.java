package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.prepare.TestPictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Each plan has a fault that would otherwise show only after the training, when the run, its report or its model is
 * written: it is refused before anything is fitted.
 */
class TrainCommandRefusalTest {

    @TempDir
    Path folder;

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void writePicturesAndPlan() throws IOException {
        TestPictures.writeJpegs(folder.resolve("data"), 2, 1);
        Files.writeString(folder.resolve("list.json"), """
                [{"image": "data/0.jpg", "label": 0}, {"image": "data/1.jpg", "label": 1}]
                """);
        Files.writeString(folder.resolve("plan.json"), """
                {
                  "network": {"width": 16, "blocks": [1, 1, 1, 1]},
                  "data": {"train": "list.json"},
                  "fit": {"epochs": 1, "batchSize": 2},
                  "publish": {"models": "models", "name": "tiny", "version": 1,
                              "inputTensor": "in", "outputTensor": "out"},
                  "runs": "runs"
                }
                """);
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreStandardError() {
        System.setErr(standardError);
    }

    @Test
    void gateWithoutTestFramesIsRefused() {
        assertThat(train("publish.gate.minAccuracy=0.98")).isEqualTo(3);

        assertRefused("publish.gate: requires test frames, from data.test or data.heldOutGroups");
    }

    @Test
    void invalidModelNameIsRefused() {
        assertThat(train("publish.name=in body")).isEqualTo(1);

        assertRefused("publish.name: 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or a"
                + " digit, not \"in body\"");
    }

    @Test
    void equalInputAndOutputNamesAreRefused() {
        assertThat(train("publish.outputTensor=in")).isEqualTo(1);

        assertRefused("publish.outputTensor: another name than publish.inputTensor, not \"in\"");
    }

    @Test
    void undecodableTestFrameIsRefusedByTheGate() throws IOException {
        Path broken = Files.writeString(folder.resolve("data/broken.jpg"), "no picture");
        TestPictures.writeJpegs(folder.resolve("test"), 1, 7);
        Files.writeString(folder.resolve("test.json"), """
                [{"image": "test/0.jpg", "label": 0}, {"image": "data/broken.jpg", "label": 1}]
                """);

        assertThat(train("publish.gate.minAccuracy=0", "data.test=" + folder + "/test.json"))
                .isEqualTo(3);

        assertRefused("publish.gate: test frames that cannot be judged: 1, such as " + broken
                + ": encoded: an intact JPEG picture, not one with: Not a JPEG file: starts with 0x6e 0x6f");
    }

    @Test
    void unreachableGateIsRefused() throws IOException {
        TestPictures.writeJpegs(folder.resolve("test"), 1, 7);
        Files.writeString(folder.resolve("test.json"), "[{\"image\": \"test/0.jpg\", \"label\": 0}]");

        assertThat(train("publish.gate.minSensitivity=0", "data.test=" + folder + "/test.json"))
                .isEqualTo(3);

        assertRefused("publish.gate: minSensitivity: at least 0.0, not absent, even for a perfect model on the test"
                + " frames (1)");
    }

    @Test
    void modelsFolderBelowAFileIsRefused() {
        assertThat(train("publish.models=" + folder + "/list.json/models")).isEqualTo(1);

        assertRefused("publish.models: not a folder that can be written to: " + folder + "/list.json");
    }

    @Test
    void planTooLargeForTheManifestIsRefused() {
        assertThat(train("publish.notes=[\"" + "n".repeat(1 << 17) + "\"]")).isEqualTo(1);

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "scopegate: publish: a plan of at most 262144 bytes with its notes twice, as the model's manifest"
                                + " states it, not 26");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void runFolderBelowAFileIsRefused() {
        assertThat(train("runs=" + folder + "/list.json/runs")).isEqualTo(1);

        assertRefused("runs: not a folder that can be written to: " + folder + "/list.json");
    }

    @Test
    void reportFolderReplacedByAFileIsRefused() throws IOException {
        Path eval =
                Files.writeString(Files.createDirectory(folder.resolve("runs")).resolve("eval"), "a file");
        String refusal = "scopegate: runs: not a folder that can be written to: " + eval;

        assertThat(train()).isEqualTo(1);
        assertThat(new CommandLine(new PublishCommand())
                        .execute("--config", folder + "/plan.json", "--run", folder + "/runs"))
                .isEqualTo(1);

        assertThat(errors.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("scopegate: ")))
                .containsExactly(refusal, refusal);
        assertThat(folder.resolve("runs")).isDirectoryNotContaining("glob:**draft");
    }

    private int train(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("--config", folder + "/plan.json"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return new CommandLine(new TrainCommand()).execute(arguments.toArray(String[]::new));
    }

    private void assertRefused(String reason) {
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEqualTo("scopegate: " + reason + System.lineSeparator());
        assertThat(folder.resolve("runs")).doesNotExist();
    }
}
