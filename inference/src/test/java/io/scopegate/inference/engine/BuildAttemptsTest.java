package io.scopegate.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildAttemptsTest {

    @TempDir
    Path directory;

    private BuildAttempts at(Duration later) {
        return BuildAttempts.of(directory.resolve("engine"), Clock.offset(Clock.systemUTC(), later));
    }

    @Test
    void aThirdBuildWaitsAfterTwoThatEndedTheirProcess() throws IOException {
        at(Duration.ZERO).begin();
        at(Duration.ZERO).begin();

        assertThatThrownBy(() -> at(Duration.ofMinutes(50)).begin())
                .isInstanceOf(BuildRefusedException.class)
                .hasMessageContaining("the last 2 builds ended their process")
                .hasMessageContaining(directory.resolve(".engine.begun") + " is removed");
        at(Duration.ofMinutes(70)).begin();
        assertThatThrownBy(() -> at(Duration.ZERO).begin()).hasMessageContaining("the last 3 builds");
    }

    @Test
    void aClockThatWasAheadHoldsNoBuildUp() throws IOException {
        at(Duration.ZERO).begin();
        at(Duration.ZERO).begin();
        Files.setLastModifiedTime(
                directory.resolve(".engine.begun"),
                FileTime.from(Instant.now().plus(Duration.ofDays(30))));

        at(Duration.ZERO).begin();

        assertThatThrownBy(() -> at(Duration.ZERO).begin()).hasMessageContaining("the last 3 builds");
    }

    @Test
    void buildsThatEndCountNothing() throws IOException {
        for (int k = 0; k < 5; k++) {
            at(Duration.ZERO).begin();
            at(Duration.ZERO).end();
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatSomebodyElseWroteThereIsOneBuild() throws IOException {
        Files.writeString(directory.resolve(".engine.begun"), "?");

        at(Duration.ZERO).begin();

        assertThat(directory.resolve(".engine.begun")).hasContent("2");
    }
}
