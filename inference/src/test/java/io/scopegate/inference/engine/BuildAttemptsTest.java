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
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildAttemptsTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    Path directory;

    private BuildAttempts at(Instant now) {
        return BuildAttempts.of(directory.resolve("engine"), Clock.fixed(now, ZoneOffset.UTC));
    }

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

    /** The file alone holds the count, so that it lasts through any number of restarts. */
    @ParameterizedTest
    @CsvSource({"2, 1", "3, 2", "4, 4", "6, 16", "7, 24", "999999, 24"})
    void theWaitDoublesWithEachFurtherBuildThatEndedItsProcessUpToADay(int unended, int hours) throws IOException {
        Path begun = Files.writeString(directory.resolve(".engine.begun"), String.valueOf(unended));
        Files.setLastModifiedTime(begun, FileTime.from(NOON));
        Instant again = NOON.plus(Duration.ofHours(hours));

        assertThatThrownBy(() -> at(again.minusSeconds(1)).begin())
                .hasMessageContaining("the last " + unended + " builds ended their process")
                .hasMessageContaining("tried again at " + again);

        at(again).begin();
    }

    @Test
    void aClockThatWasAheadHoldsNoBuildUp() throws IOException {
        at(Duration.ZERO).begin();
        at(Duration.ZERO).begin();
        Files.setLastModifiedTime(
                directory.resolve(".engine.begun"), FileTime.from(Instant.now().plus(Duration.ofDays(30))));

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
    void malformedCountIsReadAsOneBuild() throws IOException {
        Files.writeString(directory.resolve(".engine.begun"), "?");

        at(Duration.ZERO).begin();

        assertThat(directory.resolve(".engine.begun")).hasContent("2");
    }
}
