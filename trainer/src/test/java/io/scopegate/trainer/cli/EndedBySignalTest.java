package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.file.DraftFolder;
import io.scopegate.trainer.file.WholeFile;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ends commands with SIGTERM while they have a draft: the draft is removed. */
@Timeout(120)
class EndedBySignalTest {

    private static final int SIGTERM = 128 + 15;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private Path drafts;

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @BeforeEach
    void makeFolderForDrafts() throws IOException {
        drafts = Files.createDirectory(folder.resolve("tmp"));
    }

    /** The process has exported weights to ONNX into its temporary folder. */
    @Test
    void temporaryExportedNetworkIsRemovedAfterSigterm() throws Exception {
        Process command = start("evaluated", folder.toString());
        assertThat(drafts).isNotEmptyDirectory();

        end(command);

        assertThat(command.waitFor()).isEqualTo(SIGTERM);
        assertThat(drafts).isEmptyDirectory();
    }

    /**
     * The process handles signals itself, as a training does, and halts: the JVM's other shutdown hooks may not run.
     */
    @Test
    void draftOfATrainingIsRemovedBeforeTheProcessIsHalted() throws Exception {
        Process command = start("training", drafts.toString());
        assertThat(drafts).isNotEmptyDirectory();

        end(command);

        assertThat(command.waitFor()).isEqualTo(Interruption.STATUS);
        assertThat(drafts).isEmptyDirectory();
    }

    @Test
    void draftOfAFileIsRemovedAndTheEarlierFileStays() throws Exception {
        Path file = Files.writeString(drafts.resolve("weights"), "earlier");
        Process command = start("file", file.toString());
        assertThat(drafts).isDirectoryContaining("glob:**.draft");

        end(command);

        assertThat(command.waitFor()).isEqualTo(SIGTERM);
        assertThat(drafts).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining("glob:**.draft*");
        assertThat(file).hasContent("earlier");
    }

    /** The signal arrives in the middle of a file. The run ends that file, and writes another, before it stops. */
    @Test
    void trainingWritesItsFilesToTheEnd() throws Exception {
        Process command = start("saving", drafts.toString());

        end(command);

        assertThat(command.waitFor()).isEqualTo(Interruption.STATUS);
        assertThat(folder.resolve("errors")).isEmptyFile();
        assertThat(drafts.resolve("weights")).hasContent("whole");
        assertThat(drafts.resolve("state")).hasContent("whole");
        assertThat(drafts).isDirectoryNotContaining("glob:**.draft*");
    }

    /** A thread goes on writing to the draft while it is removed: its failure is not printed. */
    @Test
    void writeFailureAfterDraftRemovalIsNotPrinted() throws Exception {
        Process command = start("writing", drafts.toString());

        end(command);

        assertThat(command.waitFor()).isEqualTo(SIGTERM);
        assertThat(drafts).isEmptyDirectory();
        assertThat(folder.resolve("errors")).isEmptyFile();
    }

    /** Starts a process and waits until it has a draft. */
    private Process start(String what, String where) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + drafts,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Command.class.getName(),
                        what,
                        where)
                .redirectError(folder.resolve("errors").toFile());
        // With this variable the JVM prints a notice to standard error, which must stay empty.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        started.add(process);
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine())
                .as(() -> errors())
                .isEqualTo("has a draft");
        return process;
    }

    /**
     * Sends SIGTERM and nothing else: {@code Process.destroy()} would also close the process's standard input, and
     * the command would then end by itself.
     */
    private static void end(Process command) {
        assertThat(command.toHandle().destroy()).isTrue();
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Makes a draft, prints that it has one, and then waits for input, or keeps writing, until it is ended. */
    static final class Command {

        private Command() {}

        public static void main(String[] args) throws IOException {
            Path where = Path.of(args[1]);
            switch (args[0]) {
                case "evaluated" -> {
                    StateDict weights =
                            KaimingInitialization.stateDict(new SeResNet(new Architecture(16, List.of(1, 1, 1, 1))), 1);
                    Path file = where.resolve("weights.safetensors");
                    SafeTensors.write(weights, file);
                    EvaluatedModel.ofWeights(file, weights, Optional.empty());
                    waitForTheEnd();
                }
                case "training" -> {
                    new Interruption();
                    DraftFolder.in(where);
                    waitForTheEnd();
                }
                case "file" -> WholeFile.write(where, out -> waitForTheEnd());
                case "saving" -> save(where);
                default ->
                    CommandSteps.call(out -> {
                        Path draft = DraftFolder.in(where).path();
                        out.accept("has a draft");
                        while (true) {
                            Files.writeString(draft.resolve("file"), "written");
                        }
                    });
            }
        }

        private static void save(Path folder) throws IOException {
            try (Interruption interruption = new Interruption()) {
                interruption.guard();
                WholeFile.write(folder.resolve("weights"), out -> {
                    System.out.println("has a draft");
                    while (!interruption.asked()) {
                        Thread.onSpinWait();
                    }
                    out.write("whole".getBytes(StandardCharsets.UTF_8));
                });
                WholeFile.write(folder.resolve("state"), out -> out.write("whole".getBytes(StandardCharsets.UTF_8)));
            }
        }

        private static void waitForTheEnd() throws IOException {
            System.out.println("has a draft");
            int end = System.in.read();
            throw new IOException("ended, not told to go on by " + end);
        }
    }
}
