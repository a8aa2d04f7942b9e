package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            names = {"--device", "--devices"},
            split = ",",
            paramLabel = "NAME",
            description = "Where to fit, in place of fit.devices: cpu, cuda:0 and so on, or all for every GPU. With"
                    + " several, by commas, each takes fit.batchSize frames of every update.")
    private List<String> devices = new ArrayList<>();

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Weights of an earlier run (its weights.safetensors) in place of fitting.")
    private @Nullable Path weights;

    @Override
    public Integer call() throws Exception {
        return Reported.call(out -> {
            TrainingPlan plan = config.plans(deviceSetting()).training();
            try (NDManager engine = TorchEngine.newManager()) {
                new TrainingSteps(plan, out).run(engine, weights, command());
            }
        });
    }

    private List<String> deviceSetting() {
        return devices.isEmpty() ? List.of() : List.of("fit.devices=[\"" + String.join("\",\"", devices) + "\"]");
    }

    private String command() {
        StringBuilder command = new StringBuilder("train ").append(config.typed());
        if (!devices.isEmpty()) {
            command.append(" --devices ").append(String.join(",", devices));
        }
        if (weights != null) {
            command.append(" --weights ").append(weights.getFileName());
        }
        return command.toString();
    }
}
