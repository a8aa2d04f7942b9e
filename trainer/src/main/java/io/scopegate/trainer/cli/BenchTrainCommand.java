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
            "Time training steps of the full SEResNet50 on the CPU.",
            "A step is forward, backward and Adam on 256 x 256 frames of noise that are in memory already: reading and"
                    + " augmenting frames, validation and checkpoints are not in it. Five steps before it warm up."
                    + " Threads of the computation: OMP_NUM_THREADS, otherwise all cores."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:timed", "1:failed: one line on standard error says why", "2:wrong arguments"})
public final class BenchTrainCommand implements Callable<Integer> {

    @Option(names = "--batch", paramLabel = "N", description = "Frames of a step (default: ${DEFAULT-VALUE}).")
    private int batch = 16;

    @Option(names = "--steps", paramLabel = "N", description = "Steps that are timed (default: ${DEFAULT-VALUE}).")
    private int steps = 5;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return Reported.call(out -> {
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
