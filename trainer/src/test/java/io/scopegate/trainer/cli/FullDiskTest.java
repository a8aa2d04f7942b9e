package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The disk is full for one file of the run: its draft is a link to {@code /dev/full}. */
class FullDiskTest {

    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void writePlan() throws IOException {
        assumeTrue(Files.exists(FULL), "a system without /dev/full");
        Files.createDirectory(folder.resolve("runs"));
        Files.writeString(folder.resolve("plan.json"), """
                {
                  "network": {"width": 16, "blocks": [1, 1, 1, 1]},
                  "data": {"sources": [{"rendered": "rendered", "count": 4, "seed": 3}]},
                  "fit": {"epochs": 1, "batchSize": 4},
                  "runs": "runs"
                }
                """);
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreStandardError() {
        System.setErr(standardError);
    }

    @ParameterizedTest
    @CsvSource({"weights.safetensors, weights.safetensors.next", "state.bin, state.bin"})
    void trainingFailsAndKeepsTheEarlierFileIfTheDiskIsFull(String name, String written) throws IOException {
        Path file = Files.writeString(folder.resolve("runs").resolve(name), "earlier");
        Files.createSymbolicLink(folder.resolve("runs/." + written + ".draft"), FULL);

        assertThat(new CommandLine(new TrainCommand()).execute("--config", folder + "/plan.json"))
                .isEqualTo(1);

        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .containsOnlyOnce(
                        "scopegate: " + file.resolveSibling(written) + ": not written: No space left on device");
        assertThat(file).hasContent("earlier");
    }
}
