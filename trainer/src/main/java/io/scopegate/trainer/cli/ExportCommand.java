package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import io.scopegate.bundle.model.Digests;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.PlanReader;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import io.scopegate.trainer.publish.ModelDraft;
import io.scopegate.trainer.publish.ModelRelease;
import io.scopegate.trainer.publish.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code export}: publishes a network with random weights, or with those of a file. */
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Write a plan's network as a model directory, with random weights or those of a file.")
public final class ExportCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The plan, a JSON file.")
    private Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Replaces a setting of the plan.")
    private List<String> settings = new ArrayList<>();

    @ArgGroup(multiplicity = "1")
    private Weights weights;

    @Option(names = "--seed", paramLabel = "S", description = "Of random weights (default: the plan's seed).")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Root of models; the model goes to DIR/NAME/VERSION as the plan names it.")
    private Path out;

    /** Where the weights are from. */
    static final class Weights {
        @Option(names = "--random-weights", required = true, description = "For measuring speed.")
        private boolean random;

        @Option(
                names = "--weights",
                required = true,
                paramLabel = "FILE",
                description = "A safetensors file, for example a training run's checkpoint.")
        private @Nullable Path file;
    }

    @Override
    public Integer call() {
        return Reported.call(this::export);
    }

    private void export(Consumer<String> progress) throws IOException, ModelUnusableException {
        TrainingPlan plan = PlanReader.read(config, settings);
        PublishPlan publish = plan.publish()
                .orElseThrow(() -> new PlanException("publish: name and version of the model, not absent"))
                .into(out.toAbsolutePath().normalize());
        SeResNet network = new SeResNet(plan.network());
        long chosen = seed == null ? plan.seed() : seed;
        Path file = weights.random ? null : weights.file;
        StateDict values =
                file == null ? KaimingInitialization.stateDict(network, chosen) : SafeTensors.read(network, file);
        Provenance provenance = new Provenance(plan, values);
        if (file == null) {
            provenance.randomWeights(chosen);
        } else {
            provenance.weightsFile(Digests.sha256(file));
        }
        Path folder = Files.createDirectories(plan.runs()).resolve("export");
        try (NDManager engine = TorchEngine.newManager()) {
            ModelDraft draft = ModelDraft.write(engine, values, folder, publish, List.of());
            PublishedModel model = ModelRelease.publish(
                    draft, publish, provenance.parity(draft.parity()).toJson());
            progress.accept("published: %s %s".formatted(model.directory(), model.digest()));
        }
    }
}
