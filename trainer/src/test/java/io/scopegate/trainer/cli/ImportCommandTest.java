package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.torch.TorchStateDict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportCommandTest {

    @TempDir
    Path folder;

    @Test
    void importedWeightsAreSaidToBeUnevaluated() throws Exception {
        Path file = weights();

        assertThat(run(file, "theirs")).isZero();

        PublishedModel model = PublishedModel.open(folder.resolve("out/theirs/1"));
        assertThat(model.manifest().inBodyThreshold()).isEqualTo(0.5);
        assertThat(model.manifest().provenance().path("evaluated").asText()).startsWith("NOT EVALUATED");
        assertThat(model.manifest().provenance().at("/imported/sha256").asText())
                .isEqualTo(Digests.sha256(file));
    }

    @Test
    void importIntoAnotherFolderByItsNameIsRefused() throws IOException {
        assertThat(run(weights(), "../theirs")).isEqualTo(2);

        assertThat(folder.resolve("theirs")).doesNotExist();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void invalidNameVersionAndFolderAreRefusedBeforeWeightsAreRead() throws IOException {
        Path none = folder.resolve("none.pt");
        Files.createDirectories(folder.resolve("out/theirs/1"));
        Path aFile = Files.createFile(folder.resolve("a-file"));

        assertThat(complaint(2, none, "--name", "in body", "--models", folder + "/out"))
                .startsWith(
                        "--name must be 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or"
                                + " a digit, got 'in body'" + System.lineSeparator());
        for (String version : List.of("0", "1000000000", "one")) {
            assertThat(complaint(2, none, "--name", "theirs", "--models", folder + "/out", "--version", version))
                    .startsWith("Invalid value for option '--version': must be a whole number from 1 to 999999999, got "
                            + version + System.lineSeparator());
        }
        assertThat(refusal(none, "--name", "theirs", "--models", folder + "/out"))
                .isEqualTo(folder.resolve("out/theirs/1")
                        + ": a published version is never changed; choose another version: --version");
        assertThat(refusal(none, "--name", "theirs", "--models", aFile + "/models"))
                .isEqualTo("--models: not a folder that can be written to: " + aFile);
    }

    private static String refusal(Path file, String... options) {
        return complaint(1, file, options).strip().substring("scopegate: ".length());
    }

    private static String complaint(int status, Path file, String... options) {
        PrintStream standardError = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            String[] arguments = Stream.concat(Stream.of(file.toString()), Stream.of(options))
                    .toArray(String[]::new);
            assertThat(new CommandLine(new ImportCommand()).execute(arguments)).isEqualTo(status);
        } finally {
            System.setErr(standardError);
        }
        return errors.toString(StandardCharsets.UTF_8);
    }

    @Test
    void refusedWeightsLeaveNothingBehind() throws IOException {
        Path file = Files.writeString(folder.resolve("model.pt"), "PK, and no zip file");

        assertThat(run(file, "theirs")).isEqualTo(1);

        assertThat(folder.resolve("out")).doesNotExist();
    }

    private Path weights() throws IOException {
        Path file = folder.resolve("model.pt");
        SeResNet network = new SeResNet(new Architecture(4, List.of(1, 1, 1, 1)));
        TorchStateDict.write(KaimingInitialization.stateDict(network, 5), file);
        return file;
    }

    private int run(Path file, String name) {
        return new CommandLine(new ImportCommand())
                .execute(file.toString(), "--name", name, "--models", folder + "/out");
    }
}
