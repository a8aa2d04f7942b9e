package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.PlanReader;
import io.scopegate.trainer.plan.TrainingPlan;
import io.scopegate.trainer.train.LabelledTensors;
import io.scopegate.trainer.train.TrainingLoop;
import io.scopegate.trainer.train.TrainingRun;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Does the steps that a plan names: data, fit, evaluate, export, publish. */
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "train",
        description = "Train, evaluate, export and publish a model as a plan says.",
        mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, description = "The plan, a JSON file.")
    private Path config;

    @Option(names = "--set", description = "Overrides a setting of the plan: dotted.key=value.")
    private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        TrainingPlan plan = PlanReader.read(config, settings);
        PrintWriter out = spec.commandLine().getOut();
        PlannedFrames frames = PlannedFrames.find(plan.data().orElseThrow());
        out.printf(
                "frames: %d train, %d validation, %d held out, %d skipped%n",
                frames.split().train().size(),
                frames.split().validation().size(),
                frames.split().heldOut().size(),
                frames.all().skipped());
        out.flush();
        Files.createDirectories(plan.runs());
        StateDict start = KaimingInitialization.stateDict(new SeResNet(plan.network()), plan.seed());
        out.printf("network: %d parameters%n", start.parameterCount());
        TrainingRun run = new TrainingRun(
                plan.seed(),
                start,
                frames.load(plan.data().get(), plan.fit().get()),
                frames.sources(),
                LabelledTensors.load(frames.split().validation()),
                plan.runs().resolve("weights.safetensors"),
                report -> {
                    out.println(report.line());
                    out.flush();
                });
        try (NDManager engine = TorchEngine.newManager()) {
            StateDict _ = new TrainingLoop(plan.fit().get(), run).fit(engine);
        }
        return 0;
    }
}
