package io.scopegate.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.plan.IneffectiveSettings.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that a plan states, but that its other settings or its frames leave without effect. */
class IneffectiveSettingsTest {

    private static final Path CONFIGS =
            Path.of(System.getProperty("scopegate.root")).resolve("configs");

    /**
     * One device, 8 training frames, and validation frames: with the plan of {@link #lines}, 10 epochs of two
     * updates.
     */
    private static final Run ONE_DEVICE = new Run(1, 8, true);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'framesPerEpoch': 9                        | fit.framesPerEpoch has no effect: fit.drawing is not balanced",
                "'outOfBodyShare': 0.4                      | fit.outOfBodyShare has no effect: fit.drawing is not balanced",
                "'stepEpochs': 3                            | fit.stepEpochs has no effect: fit.schedule is not step",
                "'stepFactor': 0.5                          | fit.stepFactor has no effect: fit.schedule is not step",
                "'power': 2, 'schedule': 'step', 'stepEpochs': 3"
                        + " | fit.power has no effect: fit.schedule is not polynomial",
                "'schedule': 'step'"
                        + " | fit.schedule has no effect: the first step would come after 10 epochs, and fit.epochs is 10",
                "'warmUp': 21 | fit.learningRate is never reached: fit.warmUp is 21, and the training has 20 updates",
                "'patience': 9                              | fit.patience has no effect: the training has only 10 validations",
                "'patience': 1, 'validationInterval': 5     | fit.patience has no effect: the training has only 2 validations",
                "'syncBatchNorm': true                      | fit.syncBatchNorm has no effect: there is only one device",
                "'microBatch': 4                            | fit.microBatch has no effect: fit.batchSize is 4",
                "'loss': 'mean', 'inBodyWeight': 2, 'outOfBodyWeight': 2"
                        + " | fit.inBodyWeight has no effect: fit.loss is mean and both weights are equal"
            })
    void settingThatOthersLeaveWithoutEffectIsNamedWithTheReason(String settings, String line) throws IOException {
        assertThat(lines(settings, ONE_DEVICE)).first().isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'drawing': 'balanced', 'framesPerEpoch': 8, 'outOfBodyShare': 0.4",
                "'schedule': 'step', 'stepEpochs': 9, 'stepFactor': 0.5",
                "'schedule': 'polynomial', 'power': 2",
                "'warmUp': 20",
                "'patience': 8",
                "'patience': 3, 'validationInterval': 2",
                "'patience': 0",
                "'syncBatchNorm': false",
                "'microBatch': 3",
                "'loss': 'mean', 'inBodyWeight': 2",
                "'inBodyWeight': 2, 'outOfBodyWeight': 2",
                "'checkpoint': 'best'"
            })
    void settingWithAnEffectIsNotReported(String settings) throws IOException {
        assertThat(lines(settings, ONE_DEVICE)).isEmpty();
    }

    /** Two devices halve the 20 updates, so a warm-up of 11 never ends. */
    @Test
    void severalDevicesShareTheUpdates() throws IOException {
        assertThat(lines("'syncBatchNorm': true, 'warmUp': 11", new Run(2, 8, true)))
                .containsExactly(
                        "fit.learningRate is never reached: fit.warmUp is 11, and the training has 10 updates");
    }

    /** Without validation frames, no setting about validation has an effect. */
    @Test
    void validationSettingsHaveNoEffectWithoutValidationFrames() throws IOException {
        assertThat(lines("'patience': 1, 'validationInterval': 2, 'checkpoint': 'best'", new Run(1, 8, false)))
                .containsExactly(
                        "fit.validationInterval has no effect: there are no validation frames",
                        "fit.patience has no effect: there are no validation frames",
                        "fit.checkpoint has no effect: there are no validation frames; the weights of the last epoch"
                                + " are kept");
    }

    /** A source's weight has an effect only if draws are balanced and there is another source. */
    @Test
    void sourceWeightNeedsBalancedDrawingAndAnotherSource() throws IOException {
        String one = "{'folder': 'a', 'weight': 2}";
        String two = one + ", {'folder': 'b'}";

        assertThat(lines("", one, ONE_DEVICE))
                .containsExactly("data.sources.0.weight has no effect: fit.drawing is not balanced");
        assertThat(lines("'drawing': 'balanced'", one, ONE_DEVICE))
                .containsExactly("data.sources.0.weight has no effect: there is no other source");
        assertThat(lines("'drawing': 'balanced'", two, ONE_DEVICE)).isEmpty();
    }

    /** On two devices, with 1,000 training frames, every setting of the shipped configurations has an effect. */
    @ParameterizedTest
    @ValueSource(strings = {"train.json", "demo.json", "train.json,multi_gpu_train.json", "demo.json,seresnet50.json"})
    void shippedConfigurationsHaveNoIneffectiveSettings(String configs) throws IOException {
        List<Path> files =
                List.of(configs.split(",")).stream().map(CONFIGS::resolve).toList();
        TrainingPlan plan = PlanReader.of(files, List.of()).training();

        assertThat(IneffectiveSettings.of(plan, plan.fit().orElseThrow(), new Run(2, 1000, true)))
                .isEmpty();
    }

    private List<String> lines(String settings, Run run) throws IOException {
        return lines(settings, "{'folder': 'a'}", run);
    }

    private List<String> lines(String settings, String sources, Run run) throws IOException {
        String fit = "'epochs': 10, 'batchSize': 4" + (settings.isEmpty() ? "" : ", " + settings);
        Path file = Files.writeString(
                folder.resolve("plan.json"), """
                {"network": {"width": 16, "blocks": [1, 1, 1, 1]}, "data": {"sources": [%s]}, "fit": {%s}, "runs": "r"}
                """.formatted(sources, fit).replace('\'', '"'));
        TrainingPlan plan = PlanReader.of(List.of(file), List.of()).training();
        return IneffectiveSettings.of(plan, plan.fit().orElseThrow(), run);
    }
}
