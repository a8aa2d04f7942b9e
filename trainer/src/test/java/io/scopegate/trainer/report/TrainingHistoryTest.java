package io.scopegate.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
