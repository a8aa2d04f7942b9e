package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.inference.engine.FolderLock;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.prepare.TestPictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ResumeCommandTest {

    @TempDir
    Path folder;

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void writePicturesAndPlan() throws IOException {
        TestPictures.writeJpegs(folder.resolve("data"), 4, 1);
        writeList(0, 1, 0, 1);
        Files.writeString(folder.resolve("plan.json"), """
                {
                  "network": {"width": 16, "blocks": [1, 1, 1, 1]},
                  "data": {"train": "list.json"},
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

    /** Returns the weights of the run, dated back so that writing them again shows. */
    private Path datedBackWeights() throws IOException {
        return Files.setLastModifiedTime(folder.resolve("runs/weights.safetensors"), FileTime.fromMillis(0));
    }

    @Test
    void stateOfOtherLabelsIsRefused() throws IOException {
        assertThat(train()).isZero();
        writeList(1, 0, 0, 1);

        assertThat(train("--resume")).isEqualTo(1);

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("scopegate: trainingFramesDigest: as in the state " + folder.resolve("runs/state.bin"));
    }

    @Test
    void stateOfOtherPicturesOfTheSameNamesIsRefused() throws IOException {
        assertThat(train()).isZero();
        TestPictures.writeJpegs(folder.resolve("data"), 1, 9);

        assertThat(train("--resume")).isEqualTo(1);

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("scopegate: trainingFramesDigest: as in the state " + folder.resolve("runs/state.bin"));
    }

    @Test
    void runWithADamagedStateRestartsWithoutResume() throws IOException {
        assertThat(train()).isZero();
        Path state = folder.resolve("runs/state.bin");
        byte[] whole = Files.readAllBytes(state);
        Files.writeString(state, "damaged", StandardOpenOption.APPEND);

        assertThat(train("--resume")).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .endsWith("its SHA-256 does not match; without --resume a new run starts, which replaces state,"
                        + " history and weights in this folder" + System.lineSeparator());

        Files.writeString(folder.resolve("runs/history.json"), "earlier");
        Files.writeString(folder.resolve("runs/weights.safetensors"), "earlier");
        assertThat(train()).isZero();
        assertThat(state).hasBinaryContent(whole);
        assertThat(folder.resolve("runs/history.json")).content().contains("trainAccuracy");
        assertThat(SafeTensors.read(folder.resolve("runs/weights.safetensors"))).isNotNull();
    }

    @Test
    void stateOfTheSameDataIsResumed() throws IOException {
        assertThat(train()).isZero();
        Path weights = datedBackWeights();

        assertThat(train("--resume")).isZero();

        assertThat(Files.getLastModifiedTime(weights)).isEqualTo(FileTime.fromMillis(0));
    }

    /** The plan gets a test list after the run; a picture is added, and the training pictures stay the same. */
    @Test
    void listForTheTestMayComeLater() throws IOException {
        assertThat(train()).isZero();
        Path weights = datedBackWeights();
        Files.writeString(folder.resolve("test.json"), """
                [{"image": "data/4.jpg", "label": 0}]
                """);
        TestPictures.writeJpegs(folder.resolve("data"), 5, 1);
        Path plan = folder.resolve("plan.json");
        Files.writeString(
                plan, Files.readString(plan).replace("\"list.json\"", "\"list.json\", \"test\": \"test.json\""));

        assertThat(train("--resume")).isZero();

        assertThat(Files.getLastModifiedTime(weights)).isEqualTo(FileTime.fromMillis(0));
    }

    @Test
    void resumePrintsNoDeprecationWarnings() throws Exception {
        assertThat(train()).isZero();

        // In a process of its own, since what a library writes to standard error directly bypasses System.err.
        Process goingOn = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ResumedRun.class.getName(),
                        folder + "/plan.json")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(goingOn.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(goingOn.waitFor()).isZero();
        // What Java itself says about sun.misc.Unsafe begins otherwise.
        assertThat(said.lines().filter(line -> !line.startsWith("WARNING: ")))
                .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("deprecat"));
    }

    @Test
    void resumeWithoutAStateIsRefusedAndLeavesNoFolder() {
        assertThat(train("--resume")).isEqualTo(1);

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("scopegate: " + folder.resolve("runs/state.bin") + ": no training state to resume");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    /** A picture cannot be decoded, yet the message is about the missing state: it is checked first. */
    @Test
    void resumeWithoutAStateIsRefusedBeforePicturesAreRead() throws IOException {
        Files.writeString(folder.resolve("data/0.jpg"), "no picture");

        assertThat(train("--resume")).isEqualTo(1);

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo("scopegate: " + folder.resolve("runs/state.bin") + ": no training state to resume"
                        + System.lineSeparator());
    }

    @Test
    void aFolderThatAnotherTrainingWritesToIsLeftAlone() throws IOException {
        assertThat(train()).isZero();
        byte[] state = Files.readAllBytes(folder.resolve("runs/state.bin"));

        try (FolderLock _ = FolderLock.takeIfFree(folder.resolve("runs"), "run").orElseThrow()) {
            assertThat(train()).isEqualTo(1);
        }

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains(folder.resolve("runs") + ": in use by another training");
        assertThat(folder.resolve("runs/state.bin")).hasBinaryContent(state);
        assertThat(train("--resume")).isZero();
    }

    /** A picture cannot be decoded, yet the message is about the other training: the lock is taken first. */
    @Test
    void aFolderInUseIsRefusedBeforePicturesAreRead() throws IOException {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        Files.writeString(folder.resolve("data/0.jpg"), "no picture");

        try (FolderLock _ = FolderLock.takeIfFree(runs, "run").orElseThrow()) {
            assertThat(train()).isEqualTo(1);
        }

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo("scopegate: " + runs
                        + ": in use by another training or publication; wait until it ends, or choose another folder with"
                        + " --set runs=DIR"
                        + System.lineSeparator());
    }

    /** Another training tries to take the folder when this one has fitted its network and evaluates it. */
    @Test
    void aFolderStaysInUseUntilTheReportIsWritten() {
        List<Boolean> refused = new ArrayList<>();
        PrintStream standardOut = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(@Nullable String line) {
                if (String.valueOf(line).contains("\"evaluating\"")) {
                    refused.add(isInUse(folder.resolve("runs")));
                }
            }
        });
        try {
            assertThat(train("--json")).isZero();
        } finally {
            System.setOut(standardOut);
        }

        assertThat(refused).isNotEmpty().containsOnly(true);
        assertThat(isInUse(folder.resolve("runs"))).isFalse();
    }

    private static boolean isInUse(Path runs) {
        try (FolderLock taken = FolderLock.takeIfFree(runs, "run").orElse(null)) {
            return taken == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int train(String... more) {
        CommandLine command = new CommandLine(new TrainCommand());
        return more.length == 0
                ? command.execute("--config", folder + "/plan.json")
                : command.execute("--config", folder + "/plan.json", more[0]);
    }

    private void writeList(int... labels) throws IOException {
        StringBuilder entries = new StringBuilder();
        for (int k = 0; k < labels.length; k++) {
            entries.append(k == 0 ? "" : ", ")
                    .append("{\"image\": \"data/%d.jpg\", \"label\": %d}".formatted(k, labels[k]));
        }
        Files.writeString(folder.resolve("list.json"), "[" + entries + "]");
    }

    /** Resumes the run of a plan. */
    static final class ResumedRun {

        private ResumedRun() {}

        public static void main(String[] args) {
            System.exit(new CommandLine(new TrainCommand()).execute("--config", args[0], "--resume"));
        }
    }
}
