package io.scopegate.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.TrainingPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class ConfigOptionsTest {

    @TempDir
    Path folder;

    private final Asked asked = new Asked();
    private final StringWriter err = new StringWriter();

    private String network;
    private String rest;

    @BeforeEach
    void writeFiles() throws IOException {
        network = write("network.json", "{\"network\": {\"width\": 8, \"blocks\": [1, 1, 1, 1]}, \"seed\": 1}");
        rest = write("rest.json", "{\"runs\": \"r\", \"fit\": {\"epochs\": 3}}");
    }

    @Test
    void filesByCommasOrByRepetitionAreMergedInTheirOrder() {
        String seeded = write("seeded.json", "{\"seed\": 2}");

        assertThat(run("--config", network + "," + rest, "--config", seeded)).isZero();

        assertThat(plan().seed()).isEqualTo(2);
        assertThat(plan().network().width()).isEqualTo(8);
        assertThat(asked.config.typed()).isEqualTo("--config network.json,rest.json,seeded.json");
    }

    @Test
    void argumentFileGivesOptionsAndSettings() {
        String args = write(
                "args.json",
                "{\"config\": [\"%s\", \"%s\"], \"note\": \"n\", \"json\": true, \"fit.epochs\": 7}"
                        .formatted(network, rest));

        assertThat(run("--args", args)).isZero();

        assertThat(plan().fit().orElseThrow().epochs()).isEqualTo(7);
        assertThat(asked.note).isEqualTo("n");
        assertThat(asked.json).isTrue();
    }

    @Test
    void nullInTheArgumentFileIsNoOption() {
        String args = write("args.json", "{\"config\": [\"%s\", \"%s\"], \"note\": null}".formatted(network, rest));

        assertThat(run("--args", args)).isZero();

        assertThat(asked.note).isEmpty();
    }

    @Test
    void misspeltOptionInTheArgumentFileIsNamed() {
        String args = write("args.json", "{\"config\": \"%s\", \"nte\": \"n\"}".formatted(network));

        assertThat(run("--args", args)).isEqualTo(2);
        assertThat(err.toString())
                .contains("args.json: nte: no such option or setting; the nearest is the option note");
    }

    @Test
    void everyCommandWithAConfigurationReadsArgumentFiles() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.scopegate.trainer.cli");

        assertThat(classes.stream()
                        .filter(each -> each.isAnnotatedWith(Command.class))
                        .filter(each -> each.getFields().stream()
                                .anyMatch(field -> field.getRawType().isEquivalentTo(ConfigOptions.class))))
                .hasSizeGreaterThan(1)
                .allSatisfy(each -> assertThat(
                                each.reflect().getAnnotation(Command.class).preprocessor())
                        .isEqualTo(ArgumentFile.class));
    }

    @Test
    void settingsWithoutAConfigurationAreAUsageErrorOfEveryCommand() {
        assertThat(new CommandLine(new EvaluateCommand())
                        .execute("--model", network, "--frames", "f", "--set", "fit.epochs=2"))
                .isEqualTo(2);
        assertThat(new CommandLine(new InferCommand())
                        .execute("--model", network, "--samples", rest, "--out", "o", "--set", "fit.epochs=2"))
                .isEqualTo(2);
        assertThat(new CommandLine(new ExportCommand())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute("--format", "onnx", "--weights", network, "--out", "o", "--set", "fit.epochs=2"))
                .isEqualTo(2);
    }

    @Test
    void commandLineWinsOverTheArgumentFile() {
        String args = write(
                "args.json",
                "{\"config\": \"nowhere.json\", \"note\": \"n\", \"fit#epochs\": 7, \"fit.batchSize\": 2}");

        assertThat(run("--set", "fit.epochs=9", "--config=" + network + "," + rest, "--args=" + args, "--note", "mine"))
                .isZero();

        assertThat(plan().fit().orElseThrow().epochs()).isEqualTo(9);
        assertThat(plan().fit().orElseThrow().batchSize()).isEqualTo(2);
        assertThat(asked.note).isEqualTo("mine");
    }

    /** Of two options that exclude each other, the file names one and the command line the other. */
    @Test
    void typedOptionTakesThePlaceOfOneInTheArgumentFileThatItExcludes() {
        String args = write("args.json", "{\"config\": [\"%s\", \"%s\"], \"one\": \"1\"}".formatted(network, rest));

        assertThat(run("--args", args)).isZero();
        assertThat(asked.either.one).isEqualTo("1");

        assertThat(run("--args", args, "--other", "2")).as(err.toString()).isZero();
        assertThat(asked.either.one).isNull();
        assertThat(asked.either.other).isEqualTo("2");
    }

    @Test
    void argumentFileThatIsNoObjectOrHasAKeyTwiceIsRefusedAsUsage() {
        assertThat(run("--args", write("args.json", "[]"))).isEqualTo(2);
        assertThat(err.toString()).contains("args.json: a JSON object with options and settings");

        assertThat(run("--args", write("twice.json", "{\"note\": 1, \"note\": 2}")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("twice.json: not JSON: line 1: Duplicate");
    }

    @Test
    void unknownKeyOfTheArgumentFileIsTakenForASettingAndRefused() {
        String args = write("args.json", "{\"max_epochs\": 2}");

        assertThat(run("--config", network, "--args", args)).isEqualTo(1);
        assertThat(asked.refused).isEqualTo("max_epochs: a name of the reference bundle; here it is fit.epochs");
    }

    @Test
    void noConfigurationIsAUsageError() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("--config is required");
    }

    private TrainingPlan plan() {
        return asked.plan.orElseThrow();
    }

    private String write(String name, String json) {
        try {
            return Files.writeString(folder.resolve(name), json).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int run(String... arguments) {
        return new CommandLine(asked).setErr(new PrintWriter(err, true)).execute(arguments);
    }

    @SuppressWarnings("NullAway.Init") // picocli sets the mixin
    @Command(name = "asked", preprocessor = ArgumentFile.class)
    static final class Asked implements Callable<Integer> {

        @Mixin
        private ConfigOptions config;

        @Option(names = "--note")
        private String note = "";

        @Option(names = "--json")
        private boolean json;

        @ArgGroup
        private Either either = new Either();

        static final class Either {
            @Option(names = "--one")
            private @Nullable String one;

            @Option(names = "--other")
            private @Nullable String other;
        }

        private Optional<TrainingPlan> plan = Optional.empty();
        private String refused = "";

        @Override
        public Integer call() throws IOException {
            try {
                plan = Optional.of(config.plans().training());
                return 0;
            } catch (PlanException e) {
                refused = String.valueOf(e.getMessage());
                return 1;
            }
        }
    }
}
