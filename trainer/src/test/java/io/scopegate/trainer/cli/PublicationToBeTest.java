package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.prepare.TestPictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a publication would fail by in the end is refused before anything is fitted. */
class PublicationToBeTest {

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
    void gateWithoutTestFrames() {
        assertThat(train("publish.gate.minAccuracy=0.98")).isEqualTo(3);

        assertRefused("publish.gate: test frames to judge by, of data.test or data.heldOutGroups, not none");
    }

    @Test
    void nameThatNoModelMayHave() {
        assertThat(train("publish.name=in body")).isEqualTo(1);

        assertRefused("publish.name: 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or a"
                + " digit, not \"in body\"");
    }

    @Test
    void oneNameForInputAndOutput() {
        assertThat(train("publish.outputTensor=in")).isEqualTo(1);

        assertRefused("publish.outputTensor: another name than publish.inputTensor, not \"in\"");
    }

    @Test
    void modelsInAFile() {
        assertThat(train("publish.models=" + folder + "/list.json/models")).isEqualTo(1);

        assertRefused("publish.models: a folder that models can be written to, not " + folder + "/list.json");
    }

    private int train(String setting) {
        return new CommandLine(new TrainCommand()).execute("--config", folder + "/plan.json", "--set", setting);
    }

    private void assertRefused(String reason) {
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEqualTo("scopegate: " + reason + System.lineSeparator());
        assertThat(folder.resolve("runs")).doesNotExist();
    }
}
