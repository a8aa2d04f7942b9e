package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import io.scopegate.bundle.model.ModelManifest;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.evaluate.QualityGate;
import io.scopegate.trainer.file.DraftFolder;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import io.scopegate.trainer.publish.ModelDraft;
import io.scopegate.trainer.publish.ModelRelease;
import io.scopegate.trainer.publish.ModelRelease.Settings;
import io.scopegate.trainer.publish.Provenance;
import io.scopegate.trainer.torch.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: publishes weights that were fitted elsewhere. */
// picocli sets the fields before it runs the command.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "import",
        sortOptions = false,
        description = {
            "Publishes an SE-ResNet from PyTorch as a model directory.",
            "",
            "Takes a state dict (model.pt), a TorchScript archive (model.ts) or a safetensors file."
                    + " Code in the file is never run. The model is not evaluated."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:published",
            "1:failed; standard error names the cause; nothing is published unless only standard output failed",
            "2:wrong arguments"
        })
public final class ImportCommand implements Callable<Integer> {

    private static final double THRESHOLD = 0.5;
    private static final int MAX_BATCH = 8;

    @Parameters(
            paramLabel = "FILE",
            description = "Weights with the keys of MONAI's SEResNet50, of any width and depth.")
    private Path file;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Name of the model.")
    private String name;

    @Option(
            names = "--models",
            required = true,
            paramLabel = "DIR",
            description = "Root of the model directories; the model is written to DIR/NAME/VERSION.")
    private Path models;

    @Option(
            names = "--version",
            paramLabel = "N",
            converter = Version.class,
            defaultValue = "1",
            description =
                    "Version, a positive number that the model does not have yet. Default:" + " ${DEFAULT-VALUE}.")
    private int version;

    @Spec
    private CommandSpec spec;

    /** Parses a version from the command line. */
    static final class Version extends TypedNumber {
        Version() {
            super(1, ModelManifest.MOST_VERSION);
        }
    }

    /** Declared here because picocli's standard help options also define {@code --version}, with another meaning. */
    // picocli reads it.
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Override
    public Integer call() {
        return CommandSteps.call(this::publish);
    }

    private void publish(Consumer<String> progress) throws IOException, ModelUnusableException {
        PublishPlan plan = plan();
        ModelRelease.requireNewVersion(plan, new Settings("--models", "--version"));
        StateDict weights = WeightFile.read(file);
        progress.accept("network: width %d, blocks %s, %d parameters"
                .formatted(
                        weights.network().architecture().width(),
                        weights.network().architecture().blocks(),
                        weights.parameterCount()));
        try (NDManager engine = TorchEngine.newManager();
                DraftFolder draftFolder = DraftFolder.create()) {
            ModelDraft draft = ModelDraft.write(engine, weights, draftFolder.path(), plan, List.of());
            Provenance provenance = new Provenance(weights)
                    .imported(file)
                    .command("import " + file.getFileName())
                    .parity(draft.parity());
            PublishedModel model = ModelRelease.publish(draft, plan, provenance.toJson(), null);
            progress.accept("published, not evaluated: %s %s".formatted(model.directory(), model.digest()));
        }
    }

    /** Returns the plan of the publication. Refuses a name that the server would refuse, before the work starts. */
    private PublishPlan plan() {
        if (!ModelManifest.NAME.matcher(name).matches()) {
            throw new ParameterException(
                    spec.commandLine(), "--name must be " + PublishPlan.NAMES + ", got '" + name + "'");
        }
        return new PublishPlan(
                models,
                name,
                version,
                "INPUT__0",
                "OUTPUT__0",
                THRESHOLD,
                MAX_BATCH,
                List.of(),
                Optional.empty(),
                QualityGate.NONE);
    }
}
