package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.prepare.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Does what the model zoo's own test does with the reference bundle: prepares random pictures, trains for two epochs,
 * and evaluates.
 */
class FromPicturesToFiguresTest {

    @TempDir
    Path folder;

    @Test
    void randomPicturesArePreparedFittedToForTwoEpochsAndEvaluated() throws Exception {
        TestPictures.writeJpegs(folder.resolve("data/inbody"), 10, 1);
        TestPictures.writeJpegs(folder.resolve("data/outbody"), 10, 100);
        Path train = Path.of(System.getProperty("scopegate.root")).resolve("configs/train.json");
        String configs = train + "," + tiny();
        Path evaluate = Files.writeString(
                folder.resolve("evaluate.json"), "{\"evaluate\": {\"split\": \"val\", \"out\": \"eval\"}}");

        assertThat(run(new PrepareCommand(), "--data", folder + "/data", "--out", folder + "/label"))
                .isZero();
        assertThat(run(new TrainCommand(), "--config", configs)).isZero();

        PublishedModel model = PublishedModel.open(folder.resolve("models/tiny/1"));
        assertThat(model.manifest().provenance().at("/data/train/inbody").asInt())
                .isEqualTo(6);
        assertThat(model.manifest().provenance().at("/data/validation/outbody").asInt())
                .isEqualTo(2);
        assertThat(model.manifest().provenance().at("/data/heldOut/outbody").asInt())
                .isEqualTo(2);
        assertThat(run(
                        new EvaluateCommand(),
                        "--model",
                        folder + "/models/tiny/1",
                        "--config",
                        configs + "," + evaluate))
                .isZero();
        assertThat(folder.resolve("eval/metrics.csv")).isNotEmptyFile();
    }

    private Path tiny() throws IOException {
        return Files.writeString(folder.resolve("tiny.json"), """
                {
                  "network": {"width": 16, "blocks": [1, 1, 1, 1]},
                  "data": {
                    "train": "label/train_samples.json",
                    "validation": "label/val_samples.json",
                    "test": "label/test_samples.json"
                  },
                  "fit": {"epochs": 2, "batchSize": 4},
                  "publish": {"models": "models", "name": "tiny"},
                  "runs": "runs"
                }
                """);
    }

    private static int run(Object command, String... arguments) {
        return new CommandLine(command).execute(arguments);
    }
}
