package io.scopegate.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.trainer.plan.BundleNames.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the list of the reference bundle's setting names, each with the name used here or a note why there is none.
 */
class BundleNamesTest {

    private static final Path CONFIGS =
            Path.of(System.getProperty("scopegate.root")).resolve("configs");

    static Stream<Name> names() {
        return BundleNames.ALL.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void bundleNameMapsToASettingOrHasANote(Name name) {
        assertThat(name.ours().isEmpty() ? !name.note().isEmpty() : KnownSettings.ALL.has(name.ours()))
                .isTrue();
        assertThat(KnownSettings.ALL.has(name.theirs()))
                .as("not a setting here itself")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("names")
    void typedBundleNameIsRefusedWithItsReplacement(Name name) {
        assertThatThrownBy(() -> PlanReader.of(List.of(CONFIGS.resolve("train.json")), List.of(name.theirs() + "=1")))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith(name.theirs() + ": a name of the reference bundle")
                .hasMessageContaining(name.ours().isEmpty() ? name.note() : name.ours());
    }

    @ParameterizedTest
    @MethodSource("names")
    void bundleNameIsListedInTheReadme(Name name) throws IOException {
        String ours = name.ours().isEmpty() ? "" : "`" + name.ours() + "`";

        assertThat(Files.readString(CONFIGS.resolve("README.md")))
                .contains("| `%s` | %s | %s |\n".formatted(name.theirs().replace('.', '#'), ours, name.note()));
    }

    /** Names written with the bundle's separators, {@code #} and {@code ::}, get the same hint as with dots. */
    @ParameterizedTest
    @CsvSource({
        "train#trainer#max_epochs=2, here it is fit.epochs",
        "train::trainer::max_epochs=2, here it is fit.epochs",
        "optimizer#lr=0.1, here it is fit.learningRate",
        "train#dataloader#batch_size=4, here it is fit.batchSize",
        "train#random_transforms#0#prob=1, here it is fit.tensorAugmentation.rotationProbability",
        "train#deterministic_transforms#3#spatial_size=32, preprocessing is fixed",
        "validate#dataloader#num_workers=1, here it is data.loaders",
        "loss#reduction=mean, here it is fit.loss",
        "val_interval=2, here it is fit.validationInterval"
    })
    void bundleSeparatorsAreUnderstood(String setting, String hint) {
        assertThatThrownBy(() -> PlanReader.of(List.of(CONFIGS.resolve("train.json")), List.of(setting)))
                .hasMessageContaining(hint);
    }

    @Test
    void bundleNamesAreUnique() {
        assertThat(names().map(Name::theirs)).doesNotHaveDuplicates();
    }
}
