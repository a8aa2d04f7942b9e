package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.export.OnnxWeights;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.torch.TorchStateDict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FineTuningTest {

    private static final StateDict WEIGHTS =
            KaimingInitialization.stateDict(new SeResNet(new Architecture(16, List.of(1, 1, 1, 1))), 5);

    @TempDir
    Path folder;

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void writeWeightsAndPlan() throws IOException {
        TorchStateDict.write(WEIGHTS, folder.resolve("model.pt"));
        Files.writeString(folder.resolve("plan.json"), """
                {
                  "network": {"width": 16, "blocks": [1, 1, 1, 1]},
                  "data": {"sources": [{"rendered": "rendered", "count": 6, "seed": 3}]},
                  "fit": {"epochs": 1, "batchSize": 3, "checkpoint": "last", "from": "model.pt"},
                  "runs": "runs"
                }
                """);
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreStandardError() {
        System.setErr(standardError);
    }

    @Test
    void frozenStagesOfACheckpointStayAndTheOthersAreFitted() throws IOException {
        assertThat(train("fit.freeze=[\"stem\",\"layer1\",\"layer2\",\"layer3\"]"))
                .isZero();

        assertThat(changed(WEIGHTS))
                .contains("layer4.0.conv1.conv.weight", "layer4.0.conv1.adn.N.running_mean", "last_linear.bias")
                .allMatch(key -> key.startsWith("layer4.") || key.startsWith("last_linear."));
    }

    @Test
    void fineTunedPublishedModelKeepsItsRunningStatistics() throws Exception {
        new CommandLine(new ImportCommand())
                .execute(folder + "/model.pt", "--name", "theirs", "--models", folder + "/models");
        StateDict folded = OnnxWeights.read(
                PublishedModel.open(folder.resolve("models/theirs/1")).network());

        assertThat(train("fit.from=" + folder + "/models/theirs/1")).isZero();

        assertThat(changed(folded))
                .contains("layer0.conv1.weight", "layer0.bn1.bias")
                .noneMatch(key -> key.contains(".running_"));
    }

    @Test
    void unknownStageIsRefusedByName() {
        assertThat(train("fit.freeze=[\"layer5\"]")).isEqualTo(1);

        assertRefused("fit.freeze.0: one of [stem, layer1, layer2, layer3, layer4], not \"layer5\"");
    }

    @Test
    void freezingWithoutWeightsToKeepIsRefused() {
        assertThat(train("fit.freeze=[\"stem\"]", "fit.from=null")).isEqualTo(1);

        assertRefused("fit.from: weights where fit.freeze keeps stages as they are, not absent");
    }

    @Test
    void weightsOfAnotherNetworkAreRefusedBeforeAnythingIsFitted() {
        assertThat(train("network.width=32")).isEqualTo(1);

        assertRefused("network: " + folder
                + "/model.pt has width 16 and blocks [1, 1, 1, 1], but the configuration says width 32");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void weightsThatAreNotThereAreRefused() {
        assertThat(train("fit.from=" + folder + "/none.pt")).isEqualTo(1);

        assertRefused(folder + "/none.pt: no such file");
    }

    private void assertRefused(String line) {
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("scopegate: " + line);
    }

    private Set<String> changed(StateDict before) throws IOException {
        StateDict after = SafeTensors.read(folder.resolve("runs/weights.safetensors"));
        return before.asMap().keySet().stream()
                .filter(key -> !Arrays.equals(after.values(key), before.values(key)))
                .collect(Collectors.toSet());
    }

    private int train(String... settings) {
        Stream<String> set = Stream.of(settings).flatMap(setting -> Stream.of("--set", setting));
        return new CommandLine(new TrainCommand())
                .execute(Stream.concat(Stream.of("--config", folder + "/plan.json"), set)
                        .toArray(String[]::new));
    }
}
