package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.TrainingPlan;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: does the steps that a plan names. */
// picocli sets the fields before it calls.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        preprocessor = ArgumentFile.class,
        description = "Train a network as a plan says, evaluate it, export it as ONNX and publish it.")
public final class TrainCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Weights of an earlier run (its weights.safetensors) in place of fitting.")
    private @Nullable Path weights;

    @Override
    public Integer call() throws Exception {
        return Reported.call(out -> {
            TrainingPlan plan = config.plans().training();
            try (NDManager engine = TorchEngine.newManager()) {
                new TrainingSteps(plan, out).run(engine, weights, command());
            }
        });
    }

    private String command() {
        StringBuilder command = new StringBuilder("train ").append(config.typed());
        if (weights != null) {
            command.append(" --weights ").append(weights.getFileName());
        }
        return command.toString();
    }
}
