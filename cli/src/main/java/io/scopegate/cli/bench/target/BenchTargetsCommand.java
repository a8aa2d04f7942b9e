package io.scopegate.cli.bench.target;

import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.bench.Machine;
import io.scopegate.cli.load.LoadPlan;
import io.scopegate.cli.report.FaultText;
import io.scopegate.cli.server.ProjectHome;
import io.scopegate.client.DeliveryPolicy;
import io.scopegate.inference.device.DeviceProbe;
import io.scopegate.inference.device.ProbeStep;
import io.scopegate.inference.target.ExecutionTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
        description = {
            "Measures a model on TensorRT, CUDA and the CPU.",
            "",
            "Measures the computation alone, in a session like the server's, and the time from a JPEG to its verdict,"
                    + " through a server. A target that is not available is listed with the reason."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:TensorRT in fp16 is as fast as required",
            "1:the measurement failed",
            "2:wrong arguments",
            "3:TensorRT in fp16 is slower than required, or the model is not the full network",
            "4:TensorRT in fp16 could not be measured, or not completely, for the reason in its row"
        })
public final class BenchTargetsCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Option(names = "--model", paramLabel = "DIR", description = "Model directory. Default: models/inbody/1.")
    private @Nullable Path model;

    @Option(
            names = "--target",
            paramLabel = "T",
            split = ",",
            converter = TargetOptions.Label.class,
            description =
                    "Execution targets to measure, separated by commas: tensorrt-fp16, tensorrt-fp32, cuda, cpu. serve's"
                            + " --target has tensorrt for both precisions, and scopegate.inference.precision to select one."
                            + " Default: all.")
    private List<ExecutionTarget> targets = List.of(ExecutionTarget.values());

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Runs of the network for each batch size. Default: ${DEFAULT-VALUE}.")
    private int runs = 500;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Seconds to send frames of each size. Default: ${DEFAULT-VALUE}.")
    private int seconds = 10;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Seconds to send frames before measuring, in which Java compiles. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 10;

    @Mixin
    private TargetOptions options = new TargetOptions();

    @Option(
            names = "--torch",
            paramLabel = "FILE",
            description = "Also show the figures that deploy/gpu/torch-columns.py wrote to this file.")
    private @Nullable Path torch;

    @Option(
            names = "--earlier",
            paramLabel = "FILE",
            description = "Also show the rows of an earlier run of the same model on other targets, which --save wrote"
                    + " to this file.")
    private @Nullable Path earlier;

    @Option(names = "--save", paramLabel = "FILE", description = "Also write the figures to this file, as JSON.")
    private @Nullable Path save;

    @Option(names = "--json", description = "Print one JSON object; with only reason, if the run failed.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Report report;
        try {
            report = measure(plan());
        } catch (IOException | ModelUnusableException e) {
            String reason = FaultText.of(e);
            say(reason);
            if (json) {
                out.println(FaultText.json(reason));
            }
            return FAILED;
        }
        // Printed before they are saved, because that may fail and the figures took minutes.
        out.print(json ? report.json() + System.lineSeparator() : new Table(report).text());
        out.flush();
        return isSaved(report) ? report.verdict().state().status() : FAILED;
    }

    private boolean isSaved(Report report) {
        try {
            if (save != null) {
                Files.writeString(save, report.json().toPrettyString() + System.lineSeparator());
            }
            return true;
        } catch (IOException e) {
            say(FaultText.of(e));
            return false;
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
            throw new ParameterException(spec.commandLine(), option + " must be at least " + least + ", got " + value);
        }
    }

    private Report measure(Plan plan) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>(torch == null ? List.of() : RowFile.ofTorch(torch));
        List<Subject> present = Stream.concat(
                        rows.stream().map(Row::subject), plan.targets().stream().map(Subject::of))
                .toList();
        if (earlier != null) {
            RowFile.saved(earlier, plan.model().digest()).stream()
                    .filter(row -> !present.contains(row.subject()))
                    .forEach(rows::add);
        }
        for (ExecutionTarget target : plan.targets()) {
            rows.add(new MeasuredTarget(plan, options, target, this::say).measure());
        }
        String gpu = gpu(DeviceProbe.ofThisMachine(), options.device(), plan.targets());
        return new Report(plan.model(), Machine.description(), gpu, rows);
    }

    /**
     * Describes the GPU, whether or not there is a TensorRT for it. Loads TensorRT only if it was measured: a library
     * that crashes would lose the figures of the others.
     *
     * @param index of the device, from 0
     * @param measured targets
     */
    static String gpu(DeviceProbe probe, int index, List<ExecutionTarget> measured) {
        boolean loads = measured.stream().anyMatch(ExecutionTarget::isTensorRt);
        List<ProbeStep> steps = loads ? probe.look(index) : probe.lookAtDevice(index);
        for (ProbeStep step : steps) {
            if (step.name() != ProbeStep.Name.TENSORRT && step.result() != ProbeStep.Result.PASSED) {
                return "no GPU: " + step.detail();
            }
        }
        String gpu = steps.get(1).detail() + ", driver " + steps.get(0).detail();
        if (!loads) {
            return gpu;
        }
        ProbeStep tensorRt = steps.get(2);
        return gpu + (tensorRt.hasFailed() ? ", no usable TensorRT" : ", TensorRT " + tensorRt.detail());
    }

    private void say(String line) {
        spec.commandLine().getErr().println("scopegate bench-targets: " + line);
    }
}
