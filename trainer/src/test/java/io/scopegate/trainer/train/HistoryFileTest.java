package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("history.json");
    }

    @Test
    void eachEpochIsAnObject() throws IOException {
        HistoryFile history = HistoryFile.begin(file);

        history.epoch(report(1, Optional.of(0.5)));
        history.epoch(report(2, Optional.empty()));

        JsonNode epochs = read();
        assertThat(epochs.get(0).toString())
                .isEqualTo("{\"epoch\":1,\"loss\":0.7,\"trainAccuracy\":0.6,\"validationAccuracy\":0.5,"
                        + "\"learningRate\":0.001,\"imagesPerSecond\":3.0}");
        assertThat(epochs.get(1).has("validationAccuracy")).isFalse();
    }

    @Test
    void resumedRunReplacesTheEpochsThatItDoesAgain() throws IOException {
        HistoryFile killed = HistoryFile.begin(file);
        killed.epoch(report(1, Optional.empty()));
        killed.epoch(report(2, Optional.empty()));

        HistoryFile.resume(file).epoch(report(2, Optional.of(0.5)));

        assertThat(read()).hasSize(2);
        assertThat(read().get(1).has("validationAccuracy")).isTrue();
    }

    @Test
    void lastEpochStatesTheEarlyStop() throws IOException {
        HistoryFile history = HistoryFile.begin(file);
        history.epoch(report(1, Optional.of(0.5)));
        history.epoch(report(2, Optional.of(0.5)));

        history.stopped(new EarlyStop(2, 3, 1, 1));

        String stop = "{\"epochs\":3,\"bestEpoch\":1,\"patience\":1}";
        assertThat(read().get(0).has("stoppedEarly")).isFalse();
        assertThat(read().get(1).path("stoppedEarly").toString()).isEqualTo(stop);
        HistoryFile.resume(file).stopped(new EarlyStop(2, 3, 1, 1));
        assertThat(read()).hasSize(2);
        assertThat(read().get(1).path("stoppedEarly").toString()).isEqualTo(stop);
    }

    @Test
    void anotherFileIsNotTakenForAHistory() throws IOException {
        Files.writeString(file, "{}");

        assertThatThrownBy(() -> HistoryFile.resume(file)).hasMessageContaining("not a JSON list of epochs");
    }

    @Test
    void damagedFileIsNamedInOneLine() throws IOException {
        Files.writeString(file, "[{\"epoch\": 1,");

        assertThatThrownBy(() -> HistoryFile.resume(file))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith(file + ": not JSON: line 1: ")
                .doesNotContain("\n");
    }

    private JsonNode read() throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private static EpochReport report(int epoch, Optional<Double> validation) {
        return new EpochReport(epoch, 3, 0.7, 0.6, validation, 0.001, 3);
    }
}
