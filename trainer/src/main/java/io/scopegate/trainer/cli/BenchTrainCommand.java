package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.plan.FitPlan;
import io.scopegate.trainer.train.StepBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench-train}: times training steps of the full network. */
@Command(
        name = "bench-train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the time of training steps of the full SEResNet50 on the CPU.",
            "",
            "A step is a forward pass, a backward pass and an Adam update on 256 x 256 frames of noise"
                    + " in memory. Reading and augmenting frames, validation and checkpoints are not included."
                    + " Five untimed steps come first. OMP_NUM_THREADS sets the number of threads; the default is"
                    + " all cores."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:measured", "1:failed; standard error names the cause", "2:wrong arguments"})
public final class BenchTrainCommand implements Callable<Integer> {

    @Option(names = "--batch", paramLabel = "N", description = "Frames per step. Default: ${DEFAULT-VALUE}.")
    private int batch = 16;

    @Option(names = "--steps", paramLabel = "N", description = "Number of timed steps. Default: ${DEFAULT-VALUE}.")
    private int steps = 5;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return CommandSteps.call(out -> {
            require("--batch", FitPlan.mostBatchSize(1), batch);
            require("--steps", Integer.MAX_VALUE, steps);
            List<Double> seconds = new ArrayList<>();
            try (NDManager engine = TorchEngine.newManager()) {
                StepBenchmark.run(engine, new SeResNet(Architecture.SE_RESNET_50), batch, steps, seconds::add);
            }
            List<Double> sorted = seconds.stream().sorted().toList();
            double median = sorted.get(sorted.size() / 2);
            out.accept(json ? json(sorted, median) : text(sorted, median));
        });
    }

    private void require(String option, int most, int value) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + ": a number from 1 to " + most + ", not " + value);
        }
    }

    private String text(List<Double> sorted, double median) {
        return String.format(
                Locale.ROOT,
                "%.2f images/s: %.2f s a step of %d frames at the median of %d, %.2f to %.2f s",
                batch / median,
                median,
                batch,
                steps,
                sorted.getFirst(),
                sorted.getLast());
    }

    private String json(List<Double> sorted, double median) {
        ObjectNode figures = new ObjectMapper()
                .createObjectNode()
                .put("batch", batch)
                .put("steps", steps)
                .put("imagesPerSecond", batch / median)
                .put("medianSeconds", median)
                .put("leastSeconds", sorted.getFirst())
                .put("mostSeconds", sorted.getLast());
        return figures.toString();
    }
}
