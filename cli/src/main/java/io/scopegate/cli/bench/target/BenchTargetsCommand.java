package io.scopegate.cli.bench.target;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.bench.Machine;
import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.report.FaultText;
import io.scopegate.cli.server.ProjectHome;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.inference.device.DeviceFacts;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.ProbeFailedException;
import io.scopegate.inference.target.ExecutionTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./scopegate bench-targets} */
@Command(
        name = "bench-targets",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures a model on TensorRT, CUDA and the processors: its computation by itself, in a session as the"
                        + " server opens it; and from a JPEG to its verdict, through a server of its own. A target that is not"
                        + " there is a row with its reason.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:TensorRT in fp16 is as quick as it is meant to be",
            "1:failed",
            "2:wrong arguments",
            "3:it was measured, and is not as quick, or the model is not the full network",
            "4:it was not measured; its row says why"
        })
public final class BenchTargetsCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Option(names = "--model", paramLabel = "DIR", description = "A model directory. Default: models/inbody/1.")
    private @Nullable Path model;

    @Option(
            names = "--target",
            paramLabel = "T",
            split = ",",
            converter = TargetOptions.Label.class,
            description =
                    "tensorrt-fp16, tensorrt-fp32, cuda, cpu; several with commas. One target each: serve's --target,"
                            + " which may leave the choice open, has tensorrt for both of TensorRT's, and"
                            + " scopegate.inference.precision. Default: all.")
    private List<ExecutionTarget> targets = List.of(ExecutionTarget.values());

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Of the network, for each number of frames. Default: ${DEFAULT-VALUE}.")
    private int runs = 500;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "To send frames of each size. Default: ${DEFAULT-VALUE}.")
    private int seconds = 10;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Seconds before, not measured: Java compiles as it runs. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 10;

    @Mixin
    private TargetOptions options = new TargetOptions();

    @Option(
            names = "--torch",
            paramLabel = "FILE",
            description = "Also shows what deploy/gpu/torch-columns.py wrote there. Default: none.")
    private @Nullable Path torch;

    @Option(names = "--save", paramLabel = "FILE", description = "Writes the figures there as JSON, too.")
    private @Nullable Path save;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Report report = measure(plan());
            // Before they are saved, which may fail: they took minutes.
            out.print(json ? report.json() + System.lineSeparator() : new Table(report).text());
            out.flush();
            if (save != null) {
                Files.writeString(save, report.json().toPrettyString() + System.lineSeparator());
            }
            return report.verdict().state().status();
        } catch (IOException | ModelUnusableException e) {
            spec.commandLine().getErr().println("scopegate bench-targets: " + FaultText.of(e));
            return FAILED;
        }
    }

    private Plan plan() throws ModelUnusableException {
        options.check();
        requireAtLeast("--runs", runs, 1);
        requireAtLeast("--seconds", seconds, 1);
        requireAtLeast("--warm-up", warmUp, 0);
        Path directory = model == null ? ProjectHome.model() : model;
        LoadPlan oneByOne = new LoadPlan(
                        1, 0, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), DeliveryPolicy.BLOCK)
                .withUnanswered(1);
        return new Plan(
                PublishedModel.open(directory.toAbsolutePath()), targets, runs, oneByOne, ProjectHome.directory());
    }

    private void requireAtLeast(String option, int value, int least) {
        if (value < least) {
            throw new ParameterException(spec.commandLine(), option + ": at least " + least + ", not " + value);
        }
    }

    private Report measure(Plan plan) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>(torch == null ? List.of() : TorchRows.read(torch));
        for (ExecutionTarget target : plan.targets()) {
            rows.add(new MeasuredTarget(plan, options, target, this::say).measure());
        }
        return new Report(plan.model(), Machine.description(), gpu(), rows);
    }

    private String gpu() {
        try {
            DeviceFacts facts = DeviceProbe.ofThisMachine().facts(options.device());
            return String.format(
                    Locale.ROOT,
                    "%s, %s, driver for CUDA %s, TensorRT %s",
                    facts.device().name(),
                    facts.device().architecture(),
                    facts.cuda(),
                    facts.tensorRt());
        } catch (ProbeFailedException | UnsupportedOperationException e) {
            return "no GPU: " + e.getMessage();
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println("scopegate bench-targets: " + line);
    }
}
