package io.scopegate.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.dataset.TensorAugmentation;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.plan.FitPlan.Checkpoint;
import io.scopegate.trainer.plan.FitPlan.Drawing;
import io.scopegate.trainer.plan.FitPlan.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanReaderTest {

    private static final Path CONFIGS =
            Path.of(System.getProperty("scopegate.root")).resolve("configs");

    @TempDir
    Path folder;

    @Test
    void trainJsonIsTheReferencesNetworkAndHyperParameters() throws IOException {
        TrainingPlan plan = PlanReader.read(CONFIGS.resolve("train.json"), List.of());

        assertThat(plan.seed()).isEqualTo(123);
        assertThat(plan.network()).isEqualTo(Architecture.SE_RESNET_50);
        FitPlan fit = plan.fit().orElseThrow();
        assertThat(fit.epochs()).isEqualTo(25);
        assertThat(fit.batchSize()).isEqualTo(64);
        assertThat(fit.learningRate()).isEqualTo(0.001);
        assertThat(fit.schedule()).isEqualTo(Schedule.CONSTANT);
        assertThat(fit.drawing()).isEqualTo(Drawing.SHUFFLED);
        assertThat(fit.checkpoint()).isEqualTo(Checkpoint.BEST);
        assertThat(fit.tensorAugmentation()).isEqualTo(TensorAugmentation.REFERENCE);
        assertThat(fit.pictureAugmentation()).isEmpty();
    }

    @Test
    void demoJsonHoldsGroupsOut() throws IOException {
        TrainingPlan plan = PlanReader.read(CONFIGS.resolve("demo.json"), List.of());

        assertThat(plan.data().orElseThrow().heldOutGroups())
                .containsExactlyInAnyOrder(
                        "lap_00007-23156", "lap_00010-23313", "lap_00027-25843", "ucl_snapshots-metal-1", "ski");
    }

    @Test
    void absentSettingsAreTheReferences() throws IOException {
        TrainingPlan plan = read("{\"network\":{\"width\":64,\"blocks\":[3,4,6,3]},\"fit\":{},\"runs\":\"r\"}");

        assertThat(plan.fit())
                .isEqualTo(PlanReader.read(CONFIGS.resolve("train.json"), List.of())
                        .fit());
    }

    @Test
    void overridesReplaceNumbersTextsAndListItems() throws IOException {
        TrainingPlan plan = PlanReader.read(
                CONFIGS.resolve("train.json"),
                List.of("fit.epochs=2", "network.blocks.2=1", "publish.name=other", "data.heldOutGroups=[\"a\"]"));

        assertThat(plan.fit().orElseThrow().epochs()).isEqualTo(2);
        assertThat(plan.network().blocks()).containsExactly(3, 4, 1, 3);
        assertThat(plan.publish().orElseThrow().name()).isEqualTo("other");
        assertThat(plan.data().orElseThrow().heldOutGroups()).containsExactly("a");
    }

    @Test
    void pathsAreRelativeToThePlan() throws IOException {
        TrainingPlan plan = read("{\"network\":{\"width\":8,\"blocks\":[1,1,1,1]},\"runs\":\"../r\"}");

        assertThat(plan.runs()).isEqualTo(folder.toAbsolutePath().normalize().resolveSibling("r"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fit.epochs=0        | fit.epochs: a whole number from 1 to 1000000, not 0
                    fit.epoch=3         | and without [epoch]
                    fit.schedule=linear | fit.schedule: one of [constant, cosine], not "linear"
                    network.width=0     | network.width: a whole number from 1 to 1000000, not 0
                    network.width=257   | network.width: 1..256, not 257
                    nowhere.x=1         | --set: a key whose parent is in the plan, not nowhere.x
                    nothing             | --set: key=value, not nothing
                    """)
    void wrongSettingIsNamed(String setting, String message) {
        assertThatThrownBy(() -> PlanReader.read(CONFIGS.resolve("train.json"), List.of(setting)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(message);
    }

    @Test
    void missingPlanIsNamed() {
        assertThatThrownBy(() -> PlanReader.read(folder.resolve("none.json"), List.of()))
                .isInstanceOf(PlanException.class)
                .hasMessageEndingWith("none.json: no such file");
    }

    private TrainingPlan read(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), json);
        return PlanReader.read(file, List.of());
    }
}
