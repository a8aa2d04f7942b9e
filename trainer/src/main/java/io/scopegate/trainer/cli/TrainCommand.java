package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import io.scopegate.trainer.evaluate.QualityGateException;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        description = "Train a network as a plan says, evaluate it, export it as ONNX and publish it.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:fitted and evaluated, and published if the plan says so",
            "1:failed: one line on standard error names the file, the setting or what else is wrong",
            "2:wrong arguments",
            "3:the model does not pass publish.gate, or none could: nothing is published. The weights are kept, if the"
                    + " fit was begun",
            "130:stopped by SIGINT or SIGTERM; if the fit was begun, --resume goes on"
        })
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
            names = "--resume",
            description = "Go on where the plan's last run was stopped, by the state in its folder. The weights will be"
                    + " those of a run that was never stopped.")
    private boolean resume;

    @Option(names = "--no-thumbnails", description = "No pictures in the report: they are patient data.")
    private boolean noThumbnails;

    @Option(
            names = "--json",
            description =
                    "Print one JSON object a line for each step, epoch and note, for each percent of the frames that are"
                            + " decoded or evaluated, and at the end one with the figures; if the gate refuses"
                            + " the model, the last one says why.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        boolean terminal = System.console() != null && System.console().isTerminal();
        TrainingDisplay display = TrainingDisplay.choose(json, terminal, System.out);
        try (Interruption interruption = new Interruption()) {
            return Reported.call(out -> {
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
