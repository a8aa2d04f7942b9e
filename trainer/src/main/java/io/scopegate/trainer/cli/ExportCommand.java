package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.PlanException;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import io.scopegate.trainer.publish.ModelDraft;
import io.scopegate.trainer.publish.ModelRelease;
import io.scopegate.trainer.publish.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: publishes a network with random weights. */
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        preprocessor = ArgumentFile.class,
        description = "Write a plan's network with random weights as a model directory.")
public final class ExportCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--random-weights",
            required = true,
            description = "Weights as before training: for measuring speed; those of a run are published by publish.")
    private boolean random;

    @Option(names = "--seed", paramLabel = "S", description = "Of random weights (default: the plan's seed).")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Root of models; the model goes to DIR/NAME/VERSION as the plan names it.")
    private Path out;

    @Override
    public Integer call() {
        return Reported.call(this::export);
    }

    private void export(Consumer<String> progress) throws IOException, ModelUnusableException {
        if (!random) {
            throw new PlanException("--random-weights: true, not false; publish --weights publishes other weights");
        }
        TrainingPlan plan = config.plans().training();
        PublishPlan publish = plan.publish()
                .orElseThrow(() -> new PlanException("publish: name and version of the model, not absent"))
                .into(out.toAbsolutePath().normalize());
        SeResNet network = new SeResNet(plan.network());
        long chosen = seed == null ? plan.seed() : seed;
        StateDict values = KaimingInitialization.stateDict(network, chosen);
        Provenance provenance = new Provenance(plan, values).randomWeights(chosen);
        Path folder = Files.createDirectories(plan.runs()).resolve("export");
        try (NDManager engine = TorchEngine.newManager()) {
            ModelDraft draft = ModelDraft.write(engine, values, folder, publish, List.of());
            PublishedModel model = ModelRelease.publish(
                    draft, publish, provenance.parity(draft.parity()).toJson(), null);
            progress.accept("published: %s %s".formatted(model.directory(), model.digest()));
        }
    }
}
