package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.evaluate.QualityGateException;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.DevicePlan;
import io.scopegate.trainer.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: runs the steps of a plan. */
// picocli sets the fields before it runs the command.
@SuppressWarnings("NullAway.Init")
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        preprocessor = ArgumentFile.class,
        description = "Trains a network as configured, evaluates it, exports it to ONNX and publishes it.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:trained and evaluated, and published if configured",
            "1:failed; standard error names the file, setting or other cause",
            "2:wrong arguments",
            "3:the model does not pass publish.gate, or no model could; nothing is published. Weights are kept if"
                    + " training had begun",
            "130:stopped by SIGINT or SIGTERM; --resume continues if training had begun"
        })
public final class TrainCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(
            names = {"--device", "--devices"},
            split = ",",
            paramLabel = "NAME",
            description = "Training devices, instead of the setting fit.devices: cpu, cuda:0 and so on,"
                    + " separated by commas, or only all, for the GPUs from cuda:0 up to the first that cannot"
                    + " be used. Each processes fit.batchSize frames per update.")
    private List<String> devices = new ArrayList<>();

    @Option(
            names = "--resume",
            description = "Continue the interrupted run from its saved state. The weights will be those of an"
                    + " uninterrupted run.")
    private boolean resume;

    @Option(
            names = "--no-thumbnails",
            description = "Leave images out of the report, since they are patient" + " data.")
    private boolean noThumbnails;

    @Option(
            names = "--json",
            description = "Print one JSON object per line: for each step, epoch and note, each percent of the frames"
                    + " decoded or evaluated, warnings about settings, an early stop, and at the end the"
                    + " figures; if the gate refuses the model, the last one says why.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        boolean terminal = System.console() != null && System.console().isTerminal();
        TrainingDisplay display = TrainingDisplay.choose(json, terminal, System.out);
        try (Interruption interruption = new Interruption()) {
            return CommandSteps.call(out -> {
                TrainingPlan plan = config.plans(deviceSetting()).training();
                try (NDManager engine = TorchEngine.newManager()) {
                    FittingRun fitting = new FittingRun(plan, display, interruption, resume);
                    TrainingSteps steps = new TrainingSteps(plan, display::note, fitting, !noThumbnails);
                    display.done(steps.run(engine, command()));
                } catch (QualityGateException e) {
                    display.refused(e.toJson());
                    throw e;
                }
            });
        }
    }

    private List<String> deviceSetting() {
        if (!devices.isEmpty() && !DevicePlan.areNames(devices)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--devices must be at most 64 of cpu, cuda:0, cuda:1 and so on, or only all, got "
                            + String.join(",", devices));
        }
        return devices.isEmpty() ? List.of() : List.of("fit.devices=[\"" + String.join("\",\"", devices) + "\"]");
    }

    private String command() {
        StringBuilder command = new StringBuilder("train ").append(config.typed());
        if (!devices.isEmpty()) {
            command.append(" --devices ").append(String.join(",", devices));
        }
        return command.toString();
    }
}
