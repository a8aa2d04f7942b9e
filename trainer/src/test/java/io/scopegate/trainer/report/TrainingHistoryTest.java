package io.scopegate.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.train.EarlyStop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingHistoryTest {

    @TempDir
    Path folder;

    @Test
    void epochsAreReadWithAndWithoutValidation() throws IOException {
        Path file = write("""
                [{"epoch": 1, "loss": 0.7, "trainAccuracy": 0.5, "learningRate": 0.001, "imagesPerSecond": 30},
                 {"epoch": 2, "loss": 0.4, "trainAccuracy": 0.8, "validationAccuracy": 0.75}]
                """);

        TrainingHistory history = TrainingHistory.read(file);

        assertThat(history.epochs())
                .containsExactly(
                        new TrainingHistory.Epoch(1, 0.7, 0.5, Optional.empty()),
                        new TrainingHistory.Epoch(2, 0.4, 0.8, Optional.of(0.75)));
    }

    @Test
    void lastEpochSaysWhyTheRunStoppedEarly() throws IOException {
        Path whole = write("[{\"epoch\": 1, \"loss\": 0.7, \"trainAccuracy\": 0.5}]");
        assertThat(TrainingHistory.read(whole).stop()).isEmpty();

        Path stopped = write("""
                [{"epoch": 1, "loss": 0.7, "trainAccuracy": 0.5},
                 {"epoch": 2, "loss": 0.7, "trainAccuracy": 0.5,
                  "stoppedEarly": {"epochs": 9, "bestEpoch": 1, "patience": 1}}]
                """);

        assertThat(TrainingHistory.read(stopped).stop()).contains(new EarlyStop(2, 9, 1, 1));
    }

    @Test
    void historyWithoutEpochsIsRead() throws IOException {
        assertThat(TrainingHistory.read(write("[]"))).isEqualTo(new TrainingHistory(List.of(), Optional.empty()));
    }

    @Test
    void missingNumberIsNamed() throws IOException {
        Path file = write("[{\"epoch\": 1, \"trainAccuracy\": 0.5}]");

        assertThatThrownBy(() -> TrainingHistory.read(file)).hasMessageContaining("loss: a number, not ");
    }

    @Test
    void damagedFileIsNamedInOneLine() throws IOException {
        Path file = write("[{\"epoch\": 1,");

        assertThatThrownBy(() -> TrainingHistory.read(file))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith(file + ": not JSON: line 1: ")
                .doesNotContain("\n");
    }

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("history.json"), json);
    }
}
