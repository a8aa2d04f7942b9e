package io.scopegate.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReaderTest {

    private static final Path CONFIGS =
            Path.of(System.getProperty("scopegate.root")).resolve("configs");

    @TempDir
    Path folder;

    @Test
    void folderHasAGroupIfOneIsGiven() throws IOException {
        TrainingPlan plan = train("data={\"sources\":[{\"folder\":\"f/video-7\"},{\"folder\":\"f\",\"group\":\"g\"}],"
                + "\"train\":null,\"validation\":null}");

        assertThat(plan.data().orElseThrow().sources())
                .extracting(source -> ((FrameSource.Folder) source).group())
                .containsExactly(Optional.empty(), Optional.of("g"));
    }

    @Test
    void trainJsonIsTheReferencesNetworkAndHyperParameters() throws IOException {
        TrainingPlan plan = train();

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
        TrainingPlan plan =
                PlanReader.of(List.of(CONFIGS.resolve("demo.json")), List.of()).training();

        assertThat(plan.data().orElseThrow().heldOutGroups())
                .containsExactlyInAnyOrder(
                        "lap_00007-23156", "lap_00010-23313", "lap_00027-25843", "ucl_snapshots-metal-1", "ski");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train.json", "demo.json"})
    void trainedModelIsPublishedToTheBuildFolder(String plan) throws IOException {
        Path models = PlanReader.of(List.of(CONFIGS.resolve(plan)), List.of())
                .training()
                .publish()
                .orElseThrow()
                .models();

        Path elsewhere = CONFIGS.resolve("../build/models");
        assertThat(models.normalize()).isEqualTo(elsewhere.normalize());
    }

    @Test
    void absentSettingsAreTheReferences() throws IOException {
        TrainingPlan plan = read("{\"network\":{\"width\":64,\"blocks\":[3,4,6,3]},\"fit\":{},\"runs\":\"r\"}");

        assertThat(plan.fit()).isEqualTo(train().fit());
    }

    @Test
    void overridesReplaceNumbersTextsAndListItems() throws IOException {
        TrainingPlan plan = train("fit.epochs=2", "network.blocks.2=1", "publish.name=other", "publish.notes=[\"a\"]");

        assertThat(plan.fit().orElseThrow().epochs()).isEqualTo(2);
        assertThat(plan.network().blocks()).containsExactly(3, 4, 1, 3);
        assertThat(plan.publish().orElseThrow().name()).isEqualTo("other");
        assertThat(plan.publish().orElseThrow().notes()).containsExactly("a");
    }

    @Test
    void pathsAreRelativeToThePlan() throws IOException {
        TrainingPlan plan = read("{\"network\":{\"width\":8,\"blocks\":[1,1,1,1]},\"runs\":\"../r\"}");

        assertThat(plan.runs()).isEqualTo(folder.toAbsolutePath().normalize().resolveSibling("r"));
    }

    @Test
    void trainJsonsDataAreTheBundlesSampleLists() throws IOException {
        Path label = CONFIGS.resolveSibling("label").toAbsolutePath().normalize();

        assertThat(train().data().orElseThrow().lists())
                .contains(new SampleLists(
                        label.resolve("train_samples.json"),
                        Optional.of(label.resolve("val_samples.json")),
                        Optional.empty()));
    }

    @Test
    void sourcesMayTakeThePlaceOfSampleLists() throws IOException {
        TrainingPlan plan =
                train("data={\"sources\":[{\"folder\":\"f\",\"group\":\"g\"}],\"train\":null,\"validation\":null}");

        assertThat(plan.data().orElseThrow().sources())
                .containsExactly(new FrameSource.Folder(Path.of("f").toAbsolutePath(), Optional.of("g"), 1));
    }

    @Test
    void multiGpuTrainJsonIsTrainJsonOnEveryGpu() throws IOException {
        FitPlan one = train("seed=123").fit().orElseThrow();
        FitPlan many = PlanReader.of(
                        List.of(CONFIGS.resolve("train.json"), CONFIGS.resolve("multi_gpu_train.json")), List.of())
                .training()
                .fit()
                .orElseThrow();

        assertThat(one.devices()).isEqualTo(DevicePlan.CPU);
        assertThat(many.devices()).isEqualTo(new DevicePlan(List.of("all"), false));
        assertThat(many).usingRecursiveComparison().ignoringFields("devices").isEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fit.epochs=0        | fit.epochs: a whole number from 1 to 1000000, not 0
                    fit.epochs=two      | fit.epochs: a whole number from 1 to 1000000, not "two"
                    fit.batchSize=16384 | fit.batchSize: a whole number from 1 to 10922, not 16384
                    fit={"batchSize":5462,"devices":["cpu","cpu"]} | fit.batchSize: a whole number from 1 to 5461, not 5462
                    fit.schedule=linear | fit.schedule: one of [constant, cosine, step, polynomial], not "linear"
                    network.width=0     | network.width: a whole number from 1 to 1000000, not 0
                    network.width=257   | network.width: 1..256, not 257
                    network.blocks.4=1  | --set: an entry that its list has, not network.blocks.4
                    network.blocks=null | network.blocks: 4 numbers of 1..64, not absent
                    network.blocks=3    | network.blocks: a list, not 3
                    fit=3               | fit: an object, not 3
                    fit.devices=cuda:0  | fit.devices: a list, not "cuda:0"
                    fit.devices=[]      | fit.devices: 1 to 64 devices, not []
                    fit.devices=["gpu"] | fit.devices.0: cpu, cuda:0, cuda:1 and so on, or "all" alone, not "gpu"
                    fit.devices=["cpu","cuda"]  | fit.devices.1: cpu, cuda:0, cuda:1 and so on
                    fit.devices=["cpu","all"]   | fit.devices.1: cpu, cuda:0, cuda:1 and so on
                    fit.devices=["cuda:01"]     | fit.devices.0: cpu, cuda:0, cuda:1 and so on
                    fit.syncBatchNorm=1 | fit.syncBatchNorm: true or false, not 1
                    nothing             | --set: id=value, not nothing
                    fit.epoch=3         | fit.epoch: no such setting; the nearest is fit.epochs
                    epochs=3            | epochs: no such setting; the nearest is fit.epochs
                    nowhere.x=1         | nowhere.x: no such setting; the nearest is
                    fit={"epoch":1}     | fit.epoch: no such setting; the nearest is fit.epochs
                    runs=               | runs: a text, not ""
                    data.sources=[{"manifest":"m.csv"}] | data.sources: absent where data.train names a sample list
                    data.train=null     | data.train: a sample list, as data.validation or data.test is, not absent
                    publish.name=in body        | publish.name: 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or a digit, not "in body"
                    publish.name=.hidden        | publish.name: 1 to 64 letters
                    publish.outputTensor=INPUT__0 | publish.outputTensor: another name than publish.inputTensor, not "INPUT__0"
                    infer.filename=a/b  | infer.samples: a text, not absent
                    network.width=256   | network: weights of at most 1073741824 bytes, not
                    fit.epochs=18446744073709551617 | fit.epochs: a whole number from 1 to 1000000, not 18446744073709551617
                    fit.epochs=2 0      | fit.epochs: a whole number from 1 to 1000000, not "2 0"
                    evaluate={"subsets":["a*","b","a*"]} | evaluate.subsets.2: a pattern that no other subset has, not "a*"
                    infer={"samples":"s","out":"o","model":"m","filename":"probabilities.csv"} | infer.filename: another name than that of the probabilities beside it, not "probabilities.csv"
                    """)
    void wrongSettingIsNamed(String setting, String message) {
        assertThatThrownBy(() -> train(setting))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(message);
    }

    @Test
    void batchThatIsTooLargeForAllGpusTogetherIsNamed() throws IOException {
        FitPlan fit = train("fit.batchSize=8000", "fit.devices=[\"all\"]").fit().orElseThrow();

        assertThatCode(() -> fit.requireBatchFor(1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> fit.requireBatchFor(2))
                .isInstanceOf(PlanException.class)
                .hasMessage("fit.batchSize: at most 5461 with 2 devices, not 8000");
    }

    /** All updates of a run together must fit into an {@code int}. */
    @Test
    void updateCountAboveIntRangeIsRefused() throws IOException {
        FitPlan shuffled = train("fit.batchSize=1", "fit.epochs=2147").fit().orElseThrow();
        FitPlan balanced = train(
                        "fit.batchSize=1", "fit.epochs=1000000", "fit.drawing=balanced", "fit.framesPerEpoch=1000000")
                .fit()
                .orElseThrow();

        assertThatCode(() -> shuffled.requireCountable(1_000_000, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> shuffled.requireCountable(2_000_000, 1))
                .isInstanceOf(PlanException.class)
                .hasMessage("fit.epochs: at most 1073 of 2000000 updates each, not 2147");
        assertThatThrownBy(() -> balanced.requireCountable(8, 2))
                .isInstanceOf(PlanException.class)
                .hasMessage("fit.epochs: at most 4294 of 500000 updates each, not 1000000");
    }

    @Test
    void textThatBeginsWithANumberIsAText() throws IOException {
        assertThat(train("publish.licence=2 clause BSD").publish().orElseThrow().licence())
                .contains("2 clause BSD");
    }

    @Test
    void missingPlanIsNamed() {
        assertThatThrownBy(() -> PlanReader.of(List.of(folder.resolve("none.json")), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("none.json: no such file");
    }

    private static TrainingPlan train(String... settings) throws IOException {
        return PlanReader.of(List.of(CONFIGS.resolve("train.json")), List.of(settings))
                .training();
    }

    private TrainingPlan read(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), json);
        return PlanReader.of(List.of(file), List.of()).training();
    }
}
